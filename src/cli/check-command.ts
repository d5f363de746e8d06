import { Argument, type Command } from 'commander';
import type { LogOptions } from '../app/logger.ts';
import { parseHttpUrl } from '../config/health-url.ts';
import { readFlags, refuseMisplaced } from './environment.ts';
import { checkFlags, envName } from './flags.ts';
import { type CheckOptions, type ConfigFlags, configOptions, UsageError } from './options.ts';

interface Flags extends ConfigFlags {
  readonly output: CheckOptions['output'];
  readonly 'web.runbookUrl': string;
  readonly 'log.level': LogOptions['level'];
  readonly 'log.format': LogOptions['format'];
}

const HELP = `
Exit codes:
  0  healthy
  1  not healthy
  2  wrong usage or configuration
  3  no answer, or none that was understood

With --output=nagios:
  0  OK        healthy
  1  WARNING   nothing worse than WARNING or STARTING
  2  CRITICAL  DOWN, ERROR, Genesis' own 503, or no answer
  3  UNKNOWN   UNKNOWN, wrong usage or configuration

Flags can be set in the environment too: --output is GENESIS_EXPORTER_OUTPUT. Those that say what to probe do not count beside a URL.`;

/** Adds the command `check`, which passes its options to `onOptions`. */
export function addCheckCommand(
  program: Command,
  env: NodeJS.ProcessEnv,
  onOptions: (options: CheckOptions) => void,
): void {
  const check = program
    .command('check')
    .description('probe once, say what was found, and exit with a code that tells it')
    .helpOption('--help', 'print this help, and exit')
    .addHelpText('after', HELP)
    .addArgument(new Argument('[URL]', 'health endpoint to probe, instead of all that is configured'))
    .action((url: string | undefined) => {
      refuseMisplaced(program);
      onOptions(checkOptions(check, env, url));
    });
  for (const flag of checkFlags()) check.addOption(flag);
}

function checkOptions(check: Command, env: NodeJS.ProcessEnv, url: string | undefined): CheckOptions {
  const flags = readFlags<Flags>(check, url === undefined ? env : withoutSources(env));
  const { output, 'web.runbookUrl': runbooks, 'log.level': level, 'log.format': format } = flags;
  const options = { ...configOptions(flags), output, runbooks, log: { level, format } };
  if (url === undefined) return options;
  if ((options.configFile ?? options.healthUrl) !== undefined) {
    throw new UsageError('a URL, --config.file and --genesis.health-url each say what to probe; give one of them');
  }
  if (parseHttpUrl(url) === undefined) {
    throw new UsageError('expected the URL to be one such as http://127.0.0.1:4569/health/status');
  }
  return { ...options, healthUrl: url };
}

/** The environment configures the exporter beside a node. It must not change a check of another node. */
function withoutSources(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const source = envName('--genesis.');
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith(source) && name !== envName('--config.file')),
  );
}

/** Whether a command line, valid or not, asks for a check with Nagios' output and exit codes. */
export function asksForNagios(args: readonly string[], env: NodeJS.ProcessEnv): boolean {
  if (!args.includes('check')) return false;
  const given = args.flatMap((arg, index) => {
    if (arg === '--output') return [args[index + 1]];
    return arg.startsWith('--output=') ? [arg.slice('--output='.length)] : [];
  });
  return (given.at(-1) ?? env[envName('--output')]) === 'nagios';
}
