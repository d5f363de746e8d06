import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { envName, parseBoolean, runFlags, serveFlags } from './flags.ts';
import type { ListenAddress } from './http/listen.ts';
import type { LogOptions } from './logger.ts';

/** How the exporter is to run, whatever it probes. */
export interface RunOptions {
  readonly addresses: readonly ListenAddress[] | undefined;
  readonly log: LogOptions;
}

/** What `genesis-exporter` without a command takes. */
export interface ServeOptions extends RunOptions {
  readonly configFile: string | undefined;
  readonly healthUrl: string | undefined;
  readonly home: string | undefined;
  readonly nodeName: string | undefined;
  readonly cluster: string | undefined;
  readonly telemetryPath: string;
  readonly webConfigFile: string | undefined;
  /** Paths that need no user. */
  readonly authExemptPaths: readonly string[];
  /** 0 for no limit. */
  readonly maxRequests: number;
  readonly timeoutOffsetMs: number;
  readonly isLifecycleEnabled: boolean;
  /** Undefined unless the file is to be watched. */
  readonly autoReloadMs: number | undefined;
}

/** What a command line asks for. */
export type Task =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'serve' | 'check-config'; readonly options: ServeOptions }
  | { readonly kind: 'schema' }
  | { readonly kind: 'demo'; readonly options: RunOptions };

/** A command line that makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Flags {
  readonly 'config.file'?: string;
  readonly 'config.check'?: boolean;
  readonly 'config.schema'?: boolean;
  readonly 'genesis.healthUrl'?: string;
  readonly 'genesis.home'?: string;
  readonly 'genesis.nodeName'?: string;
  readonly 'genesis.cluster'?: string;
  readonly 'web.listenAddress'?: readonly ListenAddress[];
  readonly 'web.telemetryPath': string;
  readonly 'web.configFile'?: string;
  readonly 'web.authExemptPaths'?: readonly string[];
  readonly 'web.maxRequests': number;
  readonly timeoutOffset: number;
  readonly 'web.enableLifecycle'?: boolean;
  readonly 'config.enableAutoReload'?: boolean;
  readonly 'config.autoReloadInterval': number;
  readonly 'log.level': LogOptions['level'];
  readonly 'log.format': LogOptions['format'];
}

/** Reads the arguments behind the program's name, and the environment for flags not given there; throws a UsageError. */
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
    .configureOutput(output)
    .addHelpText(
      'after',
      '\nEvery flag can be set in the environment too: --web.listen-address is GENESIS_EXPORTER_WEB_LISTEN_ADDRESS.',
    )
    .action(() => {
      task = serveTask(flagsOf(program, env));
    });
  for (const flag of serveFlags()) program.addOption(flag);

  const demo = program
    .command('demo')
    .description('start a stand-in Genesis node and the exporter on it, and say what to open')
    .helpOption('--help', 'print this help, and exit')
    .action(() => {
      refuseMisplaced(program);
      task = { kind: 'demo', options: runOptions(flagsOf(demo, env)) };
    });
  for (const flag of runFlags('pretty')) demo.addOption(flag);

  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(error.message.replace(/^error: /, ''), { cause: error });
  }
  return task ?? { kind: 'print', text: printed };
}

/** A flag before the command's name would be taken for the program itself, and have no effect. */
function refuseMisplaced(program: Command): void {
  const misplaced = program.options.find((option) => program.getOptionValueSource(option.attributeName()) === 'cli');
  if (misplaced !== undefined) throw new UsageError(`${misplaced.long} stands before the command; put it behind`);
}

function serveTask(flags: Flags): Task {
  if (flags['config.schema']) return { kind: 'schema' };
  const options = {
    ...runOptions(flags),
    configFile: flags['config.file'],
    healthUrl: flags['genesis.healthUrl'],
    home: flags['genesis.home'],
    nodeName: flags['genesis.nodeName'],
    cluster: flags['genesis.cluster'],
    telemetryPath: flags['web.telemetryPath'],
    webConfigFile: flags['web.configFile'],
    authExemptPaths: flags['web.authExemptPaths'] ?? [],
    maxRequests: flags['web.maxRequests'],
    timeoutOffsetMs: flags.timeoutOffset * 1000,
    isLifecycleEnabled: flags['web.enableLifecycle'] ?? false,
    autoReloadMs: flags['config.enableAutoReload'] ? flags['config.autoReloadInterval'] : undefined,
  };
  const { healthUrl, home, nodeName, cluster } = options;
  if (options.configFile !== undefined && (healthUrl ?? home ?? nodeName ?? cluster) !== undefined) {
    throw new UsageError(
      '--genesis flags describe the one node that is probed without --config.file; give one or the other',
    );
  }
  return { kind: flags['config.check'] ? 'check-config' : 'serve', options };
}

function runOptions(flags: Flags): RunOptions {
  return {
    addresses: flags['web.listenAddress'],
    log: { level: flags['log.level'], format: flags['log.format'] },
  };
}

/** The flags of a parsed command; commander alone would read any value of a boolean's variable as true. */
function flagsOf(command: Command, env: NodeJS.ProcessEnv): Flags {
  for (const option of command.options) {
    const attribute = option.attributeName();
    const text = env[envName(option.long ?? '')];
    if (text === undefined || text === '' || option.long === '--version') continue;
    if (command.getOptionValueSource(attribute) === 'cli') continue;
    command.setOptionValueWithSource(attribute, parseEnv(option, text), 'env');
  }
  return command.opts<Flags & Record<string, unknown>>();
}

function parseEnv(option: Option, text: string): unknown {
  try {
    if (!option.required) return parseBoolean(text);
    return option.parseArg === undefined ? text : option.parseArg(text, undefined);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${envName(option.long ?? '')}=${text}: ${error.message}`, { cause: error });
  }
}
