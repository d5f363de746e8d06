import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../config/duration.ts';
import { parseInstant } from '../domain/instant.ts';
import { readFlags, refuseMisplaced } from './environment.ts';
import { repeatable, storagePathFlag } from './flags.ts';
import { UsageError } from './options.ts';

const OUTPUTS = ['table', 'json', 'csv'] as const;

/** What `genesis-exporter history` takes. */
export interface HistoryOptions {
  readonly folder: string;
  /** The configuration file with the maintenance; undefined when it is not given. */
  readonly configFile: string | undefined;
  /** Empty for all. */
  readonly nodes: readonly string[];
  /** Empty for all. */
  readonly processes: readonly string[];
  /** Wall-clock milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly output: (typeof OUTPUTS)[number];
}

/** The moment that a flag names, relative to now. */
type Moment = (nowMs: number) => number;

interface Flags {
  readonly 'storage.path'?: string;
  readonly 'config.file'?: string;
  readonly node?: readonly string[];
  readonly process?: readonly string[];
  readonly from: Moment;
  readonly to: Moment;
  readonly output: HistoryOptions['output'];
}

const HELP = `
Reads the database of --storage.path, also while an exporter writes to it. Times are RFC 3339, Unix seconds, or a duration before now.
Without --config.file nothing is known of maintenance: it counts into availability, and maintenanceSeconds is null.

Examples:
  genesis-exporter history --storage.path=/var/lib/genesis-exporter --from=8h
  genesis-exporter history --storage.path=/var/lib/genesis-exporter --node=trading-a --from=2026-11-26T22:00:00Z --to=2026-11-27T06:00:00Z
  genesis-exporter history --storage.path=/var/lib/genesis-exporter --config.file=genesis.yml --from=30d
  genesis-exporter history --storage.path=/var/lib/genesis-exporter --from=7d --output=csv > events.csv

Exit codes:
  0  read
  1  the database cannot be read
  2  wrong usage, or no history of such a node`;

const DAY_MS = 86_400_000;

/** Adds the command `history`, which passes its options to `onOptions`. */
export function addHistoryCommand(
  program: Command,
  env: NodeJS.ProcessEnv,
  onOptions: (options: HistoryOptions) => void,
): void {
  const history = program
    .command('history')
    .description('print what happened: availability, incidents and events out of the database')
    .helpOption('--help', 'print this help, and exit')
    .addHelpText('after', HELP)
    .action(() => {
      refuseMisplaced(program);
      onOptions(optionsOf(readFlags<Flags>(history, env), Date.now()));
    });
  const options = [
    storagePathFlag('folder of the database, as the exporter was given it'),
    new Option('--config.file <file>', "the exporter's configuration: its maintenance is left out of availability"),
    repeatable('--node <name>', 'node to print, repeatable (default: all)'),
    repeatable('--process <name>', 'process to print, repeatable (default: all)'),
    new Option('--from <time>', 'begin of the time to print').argParser(parseMoment).default(ago(DAY_MS), '24h'),
    new Option('--to <time>', 'end of the time to print').argParser(parseMoment).default(ago(0), 'now'),
    new Option('--output <form>', 'form of what is printed').choices(OUTPUTS).default('table'),
  ];
  for (const option of options) history.addOption(option);
}

function ago(ms: number): Moment {
  return (nowMs) => nowMs - ms;
}

function parseMoment(text: string): Moment {
  const atMs = parseInstant(text);
  if (atMs !== undefined) return () => atMs;
  const durationMs = parseDuration(text);
  if (durationMs !== undefined && durationMs > 0) return ago(durationMs);
  throw new InvalidArgumentError(
    'Expected a time such as 2026-01-31T12:00:00Z, Unix seconds, or a duration before now such as 8h.',
  );
}

function optionsOf(flags: Flags, nowMs: number): HistoryOptions {
  const folder = flags['storage.path'];
  if (folder === undefined || folder === '')
    throw new UsageError('--storage.path: expected the folder of the database');
  const toMs = Math.min(flags.to(nowMs), nowMs);
  const fromMs = flags.from(nowMs);
  if (fromMs >= toMs) throw new UsageError('--from: expected a time before --to, and before now');
  const { node = [], process = [], output } = flags;
  return { folder, configFile: flags['config.file'], nodes: node, processes: process, fromMs, toMs, output };
}
