import { ConfigError } from './config-error.ts';
import { DEFAULTS } from './defaults.ts';
import { isLoopback, parseHttpUrl } from './health-url.ts';
import { EXPECTED_TEXT, isName } from './names.ts';
import { resolveConfig } from './resolve.ts';
import type { Config } from './settings.ts';

/** Flags for the only node; undefined where a flag is not given. */
export interface NodeFlags {
  readonly healthUrl?: string | undefined;
  /** Folder with Genesis' own configuration files. */
  readonly home?: string | undefined;
  readonly nodeName?: string | undefined;
  readonly cluster?: string | undefined;
}

/** A configuration without a file. */
export interface ZeroConfig {
  readonly config: Config;
  /** Whether the node has the machine's name, because neither a flag nor the URL names it. */
  readonly nameWasGuessed: boolean;
}

/** A configuration for one node from flags; throws a ConfigError when a flag is wrong. */
export function zeroConfig(flags: NodeFlags, machineName: string): ZeroConfig {
  const { healthUrl, home, nodeName, cluster } = flags;
  const url = parseHttpUrl(healthUrl ?? DEFAULTS.healthUrl);
  const problems = [
    ...(url === undefined ? ['--genesis.health-url: expected an http:// or https:// URL without a fragment'] : []),
    ...(home === '' ? ['--genesis.home: expected the path of a folder'] : []),
    ...nameProblems('--genesis.node-name', nodeName),
    ...nameProblems('--genesis.cluster', cluster),
  ];
  if (url === undefined || problems.length > 0) throw new ConfigError(problems);
  const nameWasGuessed = nodeName === undefined && isLoopback(url.host);
  const name = nodeName ?? (nameWasGuessed ? machineName : url.host);
  // With a home there is no default URL, because the home may set the port.
  const fallback = home === undefined ? DEFAULTS.healthUrl : undefined;
  const node = { name, health_url: healthUrl ?? fallback, genesis_home: home, cluster };
  const document = {
    globals: {},
    modules: new Map(),
    nodes: [node],
    fileSd: [],
    httpSd: [],
    dnsSd: [],
    probe: {},
    maintenance: [],
  };
  // Problems cannot occur here: the only node has checked values. Paths in flags are already relative to the working directory.
  // No flag enables proxies from the environment.
  const { config } = resolveConfig(document, { resolveFile: String, env: {} });
  return { config, nameWasGuessed };
}

function nameProblems(flag: string, name: string | undefined): readonly string[] {
  return name === undefined || isName(name) ? [] : [`${flag}: expected ${EXPECTED_TEXT}`];
}
