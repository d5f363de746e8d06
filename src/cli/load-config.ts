import { hostname } from 'node:os';
import { loadConfigFile } from '../config/load.ts';
import { type ZeroConfig, zeroConfig } from '../config/zero-config.ts';
import type { HomeSurroundings } from '../genesis/home.ts';
import type { ConfigOptions } from './options.ts';

/** The configuration that the flags ask for, proxies taken from `env`, and whether the node's name was guessed; throws a ConfigError. */
export async function loadConfig(options: ConfigOptions, env: NodeJS.ProcessEnv): Promise<ZeroConfig> {
  if (options.configFile === undefined) return zeroConfig(options, hostname());
  return { config: await loadConfigFile(options.configFile, env), nameWasGuessed: false };
}

/** The machine and environment with which Genesis homes are read. */
export function homeSurroundings(env: NodeJS.ProcessEnv): HomeSurroundings {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) if (value !== undefined) variables.set(name, value);
  return { env: variables, hostName: hostname() };
}
