import { Command, CommanderError } from 'commander';
import type { LogOptions } from '../app/logger.ts';
import type { ListenAddress } from '../http/listen-address.ts';
import { addCheckCommand } from './check-command.ts';
import { readFlags, refuseMisplaced } from './environment.ts';
import { runFlags, serveFlags } from './flags.ts';
import { addHistoryCommand, type HistoryOptions } from './history-command.ts';
import {
  type CheckOptions,
  type ConfigFlags,
  configOptions,
  type RunOptions,
  type ServeOptions,
  UsageError,
} from './options.ts';
import { addRulesCommand, type RulesOptions } from './rules-command.ts';
import { describeMistake, unknownVariables } from './usage-mistakes.ts';

/** The task of a command line. */
export type Task =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'serve' | 'check-config'; readonly options: ServeOptions }
  | { readonly kind: 'schema' }
  | { readonly kind: 'check'; readonly options: CheckOptions }
  | { readonly kind: 'demo'; readonly options: RunOptions }
  | { readonly kind: 'rules'; readonly options: RulesOptions }
  | { readonly kind: 'history'; readonly options: HistoryOptions };

interface Flags extends ConfigFlags {
  readonly 'config.check'?: boolean;
  readonly 'config.schema'?: boolean;
  readonly 'web.listenAddress'?: readonly ListenAddress[];
  readonly 'web.systemdSocket'?: boolean;
  readonly 'web.telemetryPath': string;
  readonly 'web.externalUrl'?: string;
  readonly 'web.routePrefix'?: string;
  readonly 'web.runbookUrl': string;
  readonly 'web.config.file'?: string;
  readonly 'web.authExemptPaths'?: readonly string[];
  readonly 'storage.path'?: string;
  readonly 'storage.retention': number;
  readonly 'storage.maxBytes': number;
  readonly 'web.maxRequests': number;
  readonly timeoutOffset: number;
  readonly 'web.enableLifecycle'?: boolean;
  readonly 'config.enableAutoReload'?: boolean;
  readonly 'config.autoReloadInterval': number;
  readonly 'log.level': LogOptions['level'];
  readonly 'log.format': LogOptions['format'];
}

/** Reads the arguments after the program's name, and the environment for flags that are not given. Throws a UsageError. */
export function parseCommandLine(args: readonly string[], env: NodeJS.ProcessEnv, version: string): Task {
  let task: Task | undefined;
  let printed = '';
  const output = {
    writeOut: (text: string) => {
      printed += text;
    },
    writeErr: () => undefined,
  };

  const program = new Command('genesis-exporter')
    .description('Prometheus exporter for the processes of the Genesis platform.')
    .version(version, '--version', 'print the version, and exit')
    .helpOption('--help', 'print this help, and exit')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput(output)
    .addHelpText(
      'after',
      '\nEvery flag can be set in the environment too: --web.listen-address is GENESIS_EXPORTER_WEB_LISTEN_ADDRESS.',
    )
    .action(() => {
      task = serveTask(readFlags<Flags>(program, env), unknownVariables(env, program));
    });
  for (const flag of serveFlags()) program.addOption(flag);

  addCheckCommand(program, env, (options) => {
    task = { kind: 'check', options };
  });
  addRulesCommand(program, (options) => {
    task = { kind: 'rules', options };
  });
  addHistoryCommand(program, env, (options) => {
    task = { kind: 'history', options };
  });
  const demo = program
    .command('demo')
    .description('start a stand-in Genesis node and the exporter on it, and say what to open')
    .helpOption('--help', 'print this help, and exit')
    .action(() => {
      refuseMisplaced(program);
      task = { kind: 'demo', options: runOptions(readFlags<Flags>(demo, env)) };
    });
  for (const flag of runFlags('pretty')) demo.addOption(flag);

  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(describeMistake(error, program, args), { cause: error });
  }
  return task ?? { kind: 'print', text: printed };
}

function serveTask(flags: Flags, warnings: readonly string[]): Task {
  if (flags['config.schema']) return { kind: 'schema' };
  const options = {
    ...runOptions(flags),
    ...configOptions(flags),
    warnings,
    usesPassedSockets: flags['web.systemdSocket'] ?? false,
    telemetryPath: flags['web.telemetryPath'],
    ...frontDoor(flags),
    runbooks: flags['web.runbookUrl'],
    webConfigFile: flags['web.config.file'],
    authExemptPaths: flags['web.authExemptPaths'] ?? [],
    storage: storageOptions(flags),
    maxRequests: flags['web.maxRequests'],
    timeoutOffsetMs: flags.timeoutOffset * 1000,
    isLifecycleEnabled: flags['web.enableLifecycle'] ?? false,
    autoReloadMs: flags['config.enableAutoReload'] ? flags['config.autoReloadInterval'] : undefined,
  };
  return { kind: flags['config.check'] ? 'check-config' : 'serve', options };
}

/** The prefix is the path of the external URL unless `--web.route-prefix` is given. They differ behind a proxy that strips or adds a path. */
function frontDoor(flags: Flags): Pick<ServeOptions, 'routePrefix' | 'externalUrl'> {
  const { 'web.externalUrl': externalUrl, 'web.routePrefix': given } = flags;
  const ofUrl = externalUrl === undefined ? '' : new URL(externalUrl).pathname.replace(/\/$/, '');
  return { externalUrl, routePrefix: given ?? ofUrl };
}

/** An empty path means no store. */
function storageOptions(flags: Flags): ServeOptions['storage'] {
  const folder = flags['storage.path'];
  if (folder === undefined || folder === '') return undefined;
  return { folder, retentionMs: flags['storage.retention'], maxBytes: flags['storage.maxBytes'] };
}

function runOptions(flags: Flags): RunOptions {
  return {
    addresses: flags['web.listenAddress'],
    log: { level: flags['log.level'], format: flags['log.format'] },
  };
}
