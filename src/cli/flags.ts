import { InvalidArgumentError, Option } from 'commander';
import { LOG_FORMATS, LOG_LEVELS, type LogOptions } from '../app/logger.ts';
import { PROJECT_RUNBOOKS } from '../domain/runbook.ts';
import { DEFAULT_MAX_REQUESTS } from '../http/limits-gate.ts';
import type { ListenAddress } from '../http/listen-address.ts';
import {
  parseCount,
  parseExternalUrl,
  parseInterval,
  parsePath,
  parsePaths,
  parseRetention,
  parseRoutePrefix,
  parseRunbookUrl,
  parseSeconds,
  parseStorageSize,
} from './flag-values.ts';
import { CHECK_OUTPUTS } from './options.ts';

/** Environment variable of a flag: `--web.listen-address` is `GENESIS_EXPORTER_WEB_LISTEN_ADDRESS`. */
export function envName(flag: string): string {
  return `GENESIS_EXPORTER_${flag.replace(/^--/, '').replace(/[.-]/g, '_').toUpperCase()}`;
}

/** The longest path that the kernel takes for a unix socket. */
const MAX_SOCKET_PATH_BYTES = 107;

/** Reads `host:port`, `[v6]:port`, `:port` or `unix:/path`; port 0 takes any free one. */
export function parseListenAddress(text: string): ListenAddress {
  const path = /^unix:(\/\P{Cc}*[^/\p{Cc}])$/u.exec(text.trim())?.[1];
  if (path !== undefined && Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES) {
    throw new InvalidArgumentError(`Expected a path of at most ${MAX_SOCKET_PATH_BYTES} bytes.`);
  }
  if (path !== undefined) return { path };
  const match = /^(?:\[([0-9a-f:.%]+)\]|([^:[\]\s]*)):(\d{1,5})$/i.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65535) {
    throw new InvalidArgumentError('Expected HOST:PORT, [IPV6]:PORT, :PORT or unix:/PATH.');
  }
  return { host: (match[1] ?? match[2]) || undefined, port };
}

/** Adds the addresses of one more use of a repeatable flag; one value may contain several, separated by commas. */
export function collectAddresses(text: string, earlier: readonly ListenAddress[] = []): readonly ListenAddress[] {
  return [...earlier, ...text.split(',').map(parseListenAddress)];
}

/** Where the runbooks are. */
export function runbookFlag(): Option {
  return new Option('--web.runbook-url <url>', 'where the runbooks are; the name of a page is put behind it')
    .argParser(parseRunbookUrl)
    .default(PROJECT_RUNBOOKS);
}

/** A flag that may be given several times; its value is the list of texts. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text, earlier: readonly string[] = []) => [...earlier, text]);
}

/** Where the database is. */
export function storagePathFlag(description: string): Option {
  return new Option('--storage.path <folder>', description);
}

/** Flags of every command that runs the exporter. */
export function runFlags(defaultFormat: LogOptions['format']): Option[] {
  return [
    new Option(
      '--web.listen-address <address>',
      'address or unix:/PATH to listen on, repeatable (default: ":14569")',
    ).argParser((text, earlier?: readonly ListenAddress[]) => collectAddresses(text, earlier)),
    ...logFlags('info', defaultFormat),
  ];
}

function logFlags(level: LogOptions['level'], format: LogOptions['format']): Option[] {
  return [
    new Option('--log.level <level>', 'least severe level that is logged').choices(LOG_LEVELS).default(level),
    new Option('--log.format <format>', 'format of log lines').choices(LOG_FORMATS).default(format),
  ];
}

/** Flags that select what is probed. */
function configFlags(): Option[] {
  return [
    new Option('--config.file <file>', 'YAML configuration; without it one Genesis node is probed'),
    new Option(
      '--genesis.health-url <url>',
      'health endpoint of the node (default: "http://127.0.0.1:4569/health/status")',
    ),
    new Option('--genesis.home <folder>', "folder with Genesis' own configuration files, to know what should run"),
    new Option('--genesis.node-name <name>', 'name of the node (default: the host of the URL, else of the machine)'),
    new Option('--genesis.cluster <name>', 'Genesis cluster that the node belongs to'),
  ];
}

/** Flags of a check: what is probed, and the output. */
export function checkFlags(): Option[] {
  return [
    new Option('--output <form>', 'form of what is printed').choices(CHECK_OUTPUTS).default('table'),
    runbookFlag(),
    ...configFlags(),
    ...logFlags('warn', 'json'),
  ];
}

/** Flags of the exporter: the configuration and what it serves. */
export function serveFlags(): Option[] {
  return [
    ...configFlags(),
    new Option('--config.check', 'check the configuration, say what is wrong, and exit'),
    new Option('--config.schema', 'print a JSON Schema of the configuration file, and exit'),
    new Option('--config.enable-auto-reload', 'reload the configuration whenever its file has changed'),
    new Option('--config.auto-reload-interval <duration>', 'how often to look whether it has')
      .argParser(parseInterval)
      .default(30_000, '30s'),
    storagePathFlag('folder of the database in which memory outlives the exporter (default: none)'),
    new Option('--storage.retention <duration>', 'how long history is kept')
      .argParser(parseRetention)
      .default(90 * 86_400_000, '90d'),
    new Option('--storage.max-bytes <size>', 'how large the database may become; the oldest history goes first')
      .argParser(parseStorageSize)
      .default(2 ** 30, '1GiB'),
    new Option('--web.systemd-socket', 'listen on the sockets that systemd passes instead of --web.listen-address'),
    new Option('--web.enable-lifecycle', 'allow POST and PUT of /-/reload'),
    new Option('--web.telemetry-path <path>', 'path of the metrics').argParser(parsePath).default('/metrics'),
    new Option('--web.external-url <url>', 'where people reach the exporter, perhaps through a proxy').argParser(
      parseExternalUrl,
    ),
    new Option(
      '--web.route-prefix <path>',
      'path below which all routes are (default: the path of --web.external-url)',
    ).argParser(parseRoutePrefix),
    runbookFlag(),
    new Option('--web.config.file <file>', "TLS, users and rate limit in the form of Prometheus' exporter-toolkit"),
    new Option('--web.auth-exempt-paths <paths>', 'paths that need no user, exactly, parted by commas').argParser(
      parsePaths,
    ),
    new Option('--web.max-requests <count>', 'most scrapes and probes answered at once, 0 for no limit')
      .argParser(parseCount)
      .default(DEFAULT_MAX_REQUESTS),
    new Option('--timeout-offset <seconds>', "how much earlier than Prometheus' own deadline /probe answers")
      .argParser(parseSeconds)
      .default(0.5),
    ...runFlags('json'),
  ];
}
