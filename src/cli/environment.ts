import { type Command, InvalidArgumentError, type Option } from 'commander';
import { parseBoolean } from './flag-values.ts';
import { envName } from './flags.ts';
import { UsageError } from './options.ts';

/**
 * The flags of a parsed command, those not given taken from the environment; throws a UsageError. Commander alone would read
 * any value of a boolean's variable as true.
 */
export function readFlags<Flags>(command: Command, env: NodeJS.ProcessEnv): Flags {
  for (const option of command.options) {
    const attribute = option.attributeName();
    const text = env[envName(option.long ?? '')];
    if (text === undefined || text === '' || option.long === '--version') continue;
    if (command.getOptionValueSource(attribute) === 'cli') continue;
    command.setOptionValueWithSource(attribute, parseEnv(option, text), 'env');
  }
  return command.opts<Flags & Record<string, unknown>>();
}

/** Throws a UsageError for a flag before the command's name: it would count for the program itself and have no effect. */
export function refuseMisplaced(program: Command): void {
  const misplaced = program.options.find((option) => program.getOptionValueSource(option.attributeName()) === 'cli');
  if (misplaced !== undefined) throw new UsageError(`${misplaced.long} stands before the command; put it behind`);
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
