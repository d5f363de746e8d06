import type { Hint } from '../domain/hint.ts';
import type { HomeReading } from '../domain/home-reading.ts';
import { joinDeclared } from './declared.ts';
import { likenessOf } from './malformed-text.ts';
import { parseProcessesXml } from './processes-xml.ts';
import { parseServiceDefinitionsXml } from './service-definitions-xml.ts';
import { parseSystemDefinition } from './system-definition.ts';
import { itemsInForce } from './system-items.ts';
import type { Parsed } from './text-problem.ts';

/** The text of a file, and its path for messages. */
export interface HomeText {
  readonly path: string;
  readonly text: string;
}

/** The texts of a Genesis home. Within a kind the first file has precedence. */
export interface HomeTexts {
  readonly processes: readonly HomeText[];
  readonly services: readonly HomeText[];
  readonly systemDefinition: HomeText | undefined;
}

/** The machine whose Genesis home is read. */
export interface HomeSurroundings {
  /** Environment variables of Genesis, as far as the exporter knows them. */
  readonly env: ReadonlyMap<string, string>;
  readonly hostName: string;
}

/** Limit for the processes of one node: a larger number is not a Genesis home. */
export const MAX_DECLARED = 1000;

/** Merges the texts of a Genesis home. One malformed text makes the reading unsuccessful and empty. */
export function readHomeTexts(texts: HomeTexts, { env, hostName }: HomeSurroundings): HomeReading {
  const problems: string[] = [];
  const hints = new Set<Hint>();
  let isSuccessful = true;

  function parse<Value>({ path, text }: HomeText, parser: (text: string) => Parsed<Value>): Value | undefined {
    const parsed = parser(text);
    const found = parsed.kind === 'parsed' ? parsed.problems : [parsed.problem];
    const likeness = parsed.kind === 'malformed' ? likenessOf(text, parsed.problem.message) : undefined;
    const words = likeness?.words ?? '';
    const said = (message: string): string => (words === '' ? message : `${message.replace(/\.$/, '')}${words}`);
    problems.push(...found.map(({ line, column, message }) => `${path}:${line}:${column}: ${said(message)}`));
    if (parsed.kind === 'parsed') return parsed.value;
    if (likeness !== undefined) hints.add(likeness.hint);
    isSuccessful = false;
    return undefined;
  }

  function merge<Entry>(files: readonly HomeText[], parser: (text: string) => Parsed<ReadonlyMap<string, Entry>>) {
    const merged = new Map<string, Entry>();
    for (const file of files) {
      for (const [name, entry] of parse(file, parser) ?? []) if (!merged.has(name)) merged.set(name, entry);
    }
    return merged;
  }

  const processes = merge(texts.processes, parseProcessesXml);
  const services = merge(texts.services, parseServiceDefinitionsXml);
  const definition = texts.systemDefinition && parse(texts.systemDefinition, parseSystemDefinition);
  if (processes.size > MAX_DECLARED) {
    isSuccessful = false;
    const paths = texts.processes.map(({ path }) => path).join(', ');
    problems.push(`${paths}: expected at most ${MAX_DECLARED} processes, got ${processes.size}`);
  }
  if (!isSuccessful) return failedReading(problems, [...hints]);
  const items = itemsInForce(definition, hostName, env);
  return { isSuccessful, problems, ...joinDeclared({ processes, services, items }, env) };
}

/** A reading with problems and nothing else. */
export function failedReading(problems: readonly string[], hints: readonly Hint[]): HomeReading {
  return { isSuccessful: false, problems, hints, processes: [], healthPort: undefined };
}
