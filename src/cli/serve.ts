import { watchConfigFiles } from '../app/auto-reload.ts';
import type { BuildInfo } from '../app/build-info.ts';
import { type Exporter, startExporter } from '../app/exporter.ts';
import { createLogger } from '../app/logger.ts';
import { ConfigError } from '../config/config-error.ts';
import { warnOfMaintenance } from '../config/maintenance-names.ts';
import type { Log } from '../domain/log.ts';
import type { ListenAddress, PassedSocket } from '../http/listen-address.ts';
import { readWebConfig, type WebReading } from '../http/web-config.ts';
import { watchWebConfig } from '../http/web-config-watch.ts';
import { homeSurroundings, loadConfig } from './load-config.ts';
import type { ServeOptions } from './options.ts';

const DEFAULT_ADDRESS = { host: undefined, port: 14569 };

/** Loads everything that a start needs, including the web configuration. Throws a ConfigError with the problems of all files. */
export async function loadAtStart(options: ServeOptions, env: NodeJS.ProcessEnv) {
  const { webConfigFile } = options;
  const problems: string[] = [];
  const loaded = await loadConfig(options, env).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  });
  const reading = webConfigFile === undefined ? undefined : await readWebConfig(webConfigFile);
  problems.push(...(reading?.problems ?? []));
  if (loaded === undefined || problems.length > 0) throw new ConfigError(problems);
  return { ...loaded, reading };
}

/** Starts the exporter as the flags say; `env` has systemd's sockets, proxies, and the variables of Genesis homes. */
export async function serve(options: ServeOptions, buildInfo: BuildInfo, env: NodeJS.ProcessEnv): Promise<Exporter> {
  const { config, nameWasGuessed, reading } = await loadAtStart(options, env);
  const log = await createLogger(options.log);
  const webConfig = watchReading(options.webConfigFile, reading, log);
  const exporter = await startExporter({
    ...options,
    config,
    loadConfig: async () => (await loadConfig(options, env)).config,
    addresses: addressesOf(options, env, log),
    webConfig,
    surroundings: homeSurroundings(env),
    buildInfo,
    log,
  });
  const { version, revision } = buildInfo;
  log.info({ version, revision, urls: exporter.urls, nodes: config.nodes.length }, 'genesis-exporter is listening');
  for (const warning of [...options.warnings, ...warnOfMaintenance(config)]) log.warn({}, warning);
  if (options.storage === undefined) {
    log.info({}, 'memory ends with this program; --storage.path=DIR keeps it');
  }
  if (nameWasGuessed) {
    const node = config.nodes[0]?.node.name;
    log.warn({ node }, 'the node is named after this machine; --genesis.node-name sets a name that lasts');
  }
  const { configFile, autoReloadMs } = options;
  const watch =
    configFile === undefined || autoReloadMs === undefined
      ? undefined
      : watchConfigFiles([configFile], autoReloadMs, exporter.reload);
  return {
    ...exporter,
    async stop() {
      log.info({}, 'shutting down');
      watch?.close();
      webConfig?.close();
      await exporter.stop();
      log.info({}, 'stopped');
    },
  };
}

function addressesOf(options: ServeOptions, env: NodeJS.ProcessEnv, log: Log): readonly ListenAddress[] {
  const { addresses, usesPassedSockets } = options;
  if (!usesPassedSockets) return addresses ?? [DEFAULT_ADDRESS];
  const sockets = passedSockets(env, process.pid);
  if (sockets.length === 0) {
    throw new Error('--web.systemd-socket: systemd passed no socket; start the .socket unit, or leave the flag out');
  }
  if (addresses !== undefined) log.warn({}, '--web.listen-address is ignored: systemd passed the sockets to listen on');
  return sockets;
}

function watchReading(file: string | undefined, reading: WebReading | undefined, log: Log) {
  if (file === undefined || reading?.web === undefined) return undefined;
  return watchWebConfig({ file, web: reading.web, stamps: reading.stamps, log });
}

/** Lower descriptors are standard input, output and error. */
const FIRST_DESCRIPTOR = 3;

/** The sockets that systemd passed to this process, by `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES`; none when they are for another process. */
export function passedSockets(env: NodeJS.ProcessEnv, pid: number): readonly PassedSocket[] {
  const { LISTEN_PID: receiver, LISTEN_FDS: count = '', LISTEN_FDNAMES: names = '' } = env;
  if (receiver !== String(pid) || !/^\d{1,3}$/.test(count)) return [];
  const given = names.split(':');
  return Array.from({ length: Number(count) }, (_, index) => ({
    fd: FIRST_DESCRIPTOR + index,
    name: given[index] ?? '',
  }));
}
