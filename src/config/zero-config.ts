import { ConfigError } from './config-error.ts';
import { DEFAULTS } from './defaults.ts';
import { isLoopback, parseHttpUrl } from './health-url.ts';
import { EXPECTED_TEXT, isName } from './names.ts';
import { resolveConfig } from './resolve.ts';
import type { Config } from './settings.ts';

/** What flags say of the one node to watch; undefined where they say nothing. */
export interface NodeFlags {
  readonly healthUrl?: string | undefined;
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
  const { healthUrl = DEFAULTS.healthUrl, nodeName, cluster } = flags;
  const url = parseHttpUrl(healthUrl);
  const problems = [
    ...(url === undefined ? ['--genesis.health-url: expected an http:// or https:// URL without a fragment'] : []),
    ...nameProblems('--genesis.node-name', nodeName),
    ...nameProblems('--genesis.cluster', cluster),
  ];
  if (url === undefined || problems.length > 0) throw new ConfigError(problems);
  const nameWasGuessed = nodeName === undefined && isLoopback(url.host);
  const name = nodeName ?? (nameWasGuessed ? machineName : url.host);
  const node = { name, health_url: healthUrl, cluster };
  // One node whose values have been checked cannot contradict itself; flags name no file to resolve.
  const { config } = resolveConfig({ globals: {}, modules: new Map(), nodes: [node] }, String);
  return { config, nameWasGuessed };
}

function nameProblems(flag: string, name: string | undefined): readonly string[] {
  return name === undefined || isName(name) ? [] : [`${flag}: expected ${EXPECTED_TEXT}`];
}
