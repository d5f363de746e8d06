import { hostname } from 'node:os';
import type { BuildInfo } from './build-info.ts';
import type { ServeOptions } from './cli.ts';
import { loadConfigFile } from './config/load.ts';
import type { Config } from './config/settings.ts';
import { zeroConfig } from './config/zero-config.ts';
import { type Exporter, startExporter } from './exporter.ts';
import { createLogger } from './logger.ts';

const DEFAULT_ADDRESS = { host: undefined, port: 14569 };

/** The configuration that the flags ask for, and whether the node's name was guessed; throws a ConfigError. */
export async function loadConfig(options: ServeOptions): Promise<{ config: Config; nameWasGuessed: boolean }> {
  if (options.configFile !== undefined)
    return { config: await loadConfigFile(options.configFile), nameWasGuessed: false };
  return zeroConfig(options, hostname());
}

/** Starts the exporter as the flags say. */
export async function serve(options: ServeOptions, buildInfo: BuildInfo): Promise<Exporter> {
  const { config, nameWasGuessed } = await loadConfig(options);
  const log = await createLogger(options.log);
  const { telemetryPath } = options;
  const addresses = options.addresses ?? [DEFAULT_ADDRESS];
  const exporter = await startExporter({ config, addresses, telemetryPath, buildInfo, log });
  const { version, revision } = buildInfo;
  log.info({ version, revision, urls: exporter.urls, nodes: config.nodes.length }, 'genesis-exporter is listening');
  if (nameWasGuessed) {
    const node = config.nodes[0]?.node.name;
    log.warn({ node }, 'the node is named after this machine; --genesis.node-name sets a name that lasts');
  }
  return {
    urls: exporter.urls,
    async stop() {
      log.info({}, 'shutting down');
      await exporter.stop();
      log.info({}, 'stopped');
    },
  };
}
