import { InvalidArgumentError, Option } from 'commander';
import type { ListenAddress } from './http/listen.ts';
import { LOG_FORMATS, LOG_LEVELS } from './logger.ts';

/** Environment variable of a flag: `--web.listen-address` is `GENESIS_EXPORTER_WEB_LISTEN_ADDRESS`. */
export function envName(flag: string): string {
  return `GENESIS_EXPORTER_${flag.replace(/^--/, '').replace(/[.-]/g, '_').toUpperCase()}`;
}

/** Reads `host:port`, `[v6]:port` or `:port`; port 0 takes any free one. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([0-9a-f:.%]+)\]|([^:[\]\s]*)):(\d{1,5})$/i.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65535) {
    throw new InvalidArgumentError('Expected HOST:PORT, [IPV6]:PORT or :PORT.');
  }
  return { host: (match[1] ?? match[2]) || undefined, port };
}

/** Adds the addresses of one more use of a repeatable flag; one value may name several, parted by commas. */
export function collectAddresses(text: string, earlier: readonly ListenAddress[] = []): readonly ListenAddress[] {
  return [...earlier, ...text.split(',').map(parseListenAddress)];
}

function parsePath(text: string): string {
  if (!/^\/[\w.~/-]*$/.test(text)) throw new InvalidArgumentError('Expected a path such as /metrics.');
  return text;
}

/** Flags of every command that runs the exporter. */
export function runFlags(defaultFormat: (typeof LOG_FORMATS)[number]): Option[] {
  return [
    new Option('--web.listen-address <address>', 'address to listen on, repeatable (default: ":14569")').argParser(
      (text, earlier?: readonly ListenAddress[]) => collectAddresses(text, earlier),
    ),
    new Option('--log.level <level>', 'least severe level that is logged').choices(LOG_LEVELS).default('info'),
    new Option('--log.format <format>', 'format of log lines').choices(LOG_FORMATS).default(defaultFormat),
  ];
}

/** Flags of serving: where the configuration comes from and what is served. */
export function serveFlags(): Option[] {
  return [
    new Option('--config.file <file>', 'YAML configuration; without it one Genesis node is probed'),
    new Option('--config.check', 'check the configuration, say what is wrong, and exit'),
    new Option('--config.schema', 'print a JSON Schema of the configuration file, and exit'),
    new Option(
      '--genesis.health-url <url>',
      'health endpoint of the node (default: "http://127.0.0.1:4569/health/status")',
    ),
    new Option('--genesis.node-name <name>', 'name of the node (default: the host of the URL, else of the machine)'),
    new Option('--genesis.cluster <name>', 'Genesis cluster that the node belongs to'),
    new Option('--web.telemetry-path <path>', 'path of the metrics').argParser(parsePath).default('/metrics'),
    ...runFlags('json'),
  ];
}

/** Reads a flag that takes no value from its environment variable. */
export function parseBoolean(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  throw new InvalidArgumentError('Expected true or false.');
}
