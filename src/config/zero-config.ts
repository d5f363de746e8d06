import { ConfigError } from './config-error.ts';
import { DEFAULTS } from './defaults.ts';
import { isLoopback, parseHttpUrl } from './health-url.ts';
import { EXPECTED_TEXT, isName } from './names.ts';
import { resolveConfig } from './resolve.ts';
import type { Config } from './settings.ts';

/** What flags say of the one node to watch; undefined where they say nothing. */
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
  /** Whether the node bears the machine's name for want of a better one. */
  readonly nameWasGuessed: boolean;
}

/** A configuration for one node from flags alone; throws a ConfigError when one is wrong. */
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
  // A home may say which port it is.
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
  // One node whose values have been checked cannot contradict itself; the path of a flag needs no folder before it. No flag
  // has proxies taken from the environment.
  const { config } = resolveConfig(document, { resolveFile: String, env: {} });
  return { config, nameWasGuessed };
}

function nameProblems(flag: string, name: string | undefined): readonly string[] {
  return name === undefined || isName(name) ? [] : [`${flag}: expected ${EXPECTED_TEXT}`];
}
