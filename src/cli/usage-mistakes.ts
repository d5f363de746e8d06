import type { Command, CommanderError } from 'commander';
import { suggest, wordLike } from '../domain/suggest.ts';
import { envName } from './flags.ts';

/** Turns commander's error into a message for the operator, with the probable flag or command. */
export function describeMistake(error: CommanderError, program: Command, args: readonly string[]): string {
  const message = error.message.replace(/^error: /, '');
  const command = program.commands.find((one) => one.name() === args[0]);
  if (error.code === 'commander.unknownOption') {
    const flag = /'(--?[^'=]*)/.exec(message)?.[1] ?? '';
    const known = flagsOf(command ?? program);
    return `unknown option '${flag}'${suggest(flag, known)}`;
  }
  if (error.code === 'commander.excessArguments' && command === undefined) {
    const word = args.find((arg) => !arg.startsWith('-')) ?? '';
    const names = program.commands.map((one) => one.name());
    return `unknown command '${word}'${suggest(word, names) || `; there are ${names.join(', ')}`}`;
  }
  return message;
}

function flagsOf({ options }: Command): readonly string[] {
  return options.map(({ long }) => long ?? '').filter((long) => long !== '');
}

/** Variables that Kubernetes sets for a Service with this program's name. */
const OF_KUBERNETES =
  /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?$/;

const PREFIX = envName('');

/** Variables that the image and the packages set. */
const OWN = ['GENESIS_EXPORTER_REVISION'];

/** A warning for each variable that begins like a flag's but belongs to no flag. */
export function unknownVariables(env: NodeJS.ProcessEnv, program: Command): readonly string[] {
  const readers = [program, ...program.commands.filter((command) => command.name() !== 'rules')];
  const known = [...new Set([...readers.flatMap(flagsOf).map(envName), ...OWN])];
  const endings = known.map((name) => name.slice(PREFIX.length));
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name) && !OF_KUBERNETES.test(name))
    .toSorted()
    .map((name) => {
      const meant = wordLike(name.slice(PREFIX.length), endings);
      return `the environment variable ${name} has no effect${meant === undefined ? '' : `; did you mean ${PREFIX}${meant}?`}`;
    });
}
