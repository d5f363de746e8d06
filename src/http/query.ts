import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { parseInstant } from '../domain/instant.ts';

/** What a query parameter may be. */
export interface Parameter {
  /** For people, behind the word `expected`. */
  readonly expected: string;
  /** The value of what was given, once or several times; undefined when it is none. */
  readonly read: (given: readonly string[]) => unknown;
}

/** A text. */
export const TEXT: Parameter = { expected: 'one value', read: (given) => once(given) };

/** Texts, as many as one likes. */
export const TEXTS: Parameter = { expected: 'values', read: (given) => given };

/** Yes or no. */
export const FLAG: Parameter = {
  expected: 'true or false',
  read: (given) =>
    new Map<string | undefined, boolean>([
      ['true', true],
      ['false', false],
    ]).get(once(given)),
};

/** A moment as RFC 3339 or in Unix seconds; gives wall-clock milliseconds. */
export const MOMENT: Parameter = {
  expected: 'a time such as 2026-01-31T12:00:00Z, or Unix seconds',
  read: (given) => parseInstant(once(given) ?? ''),
};

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number): Parameter {
  const read = (given: readonly string[]) => {
    const number = /^\d{1,9}$/.test(once(given) ?? '') ? Number(once(given)) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  };
  return { expected: `a whole number from ${min} to ${max}`, read };
}

/** A text of at most so many characters. */
export function textUpTo(maxLength: number): Parameter {
  const read = (given: readonly string[]) => (given.join('').length > maxLength ? undefined : once(given));
  return { expected: `one value of at most ${maxLength} characters`, read };
}

/** One of some texts. */
export function oneOf(texts: readonly string[]): Parameter {
  return { expected: `one of ${JSON.stringify(texts)}`, read: (given) => texts.find((text) => text === once(given)) };
}

/** The schema of a route: which parameters its query may have. One that is not there is a typo, and refused. */
export function querySchema(parameters: Readonly<Record<string, Parameter>>) {
  return { querystring: { parameters, ignoresOthers: false } };
}

/** The same for a route that ignores other parameters: scrape configurations and cache busters add some. */
export function tolerantQuerySchema(parameters: Readonly<Record<string, Parameter>>) {
  return { querystring: { parameters, ignoresOthers: true } };
}

/** The schema of a route without query parameters. */
export const NO_QUERY = querySchema({});

/** The schema of a route that has no query parameters and ignores those that come. */
export const ANY_QUERY = tolerantQuerySchema({});

/** Keeps Fastify from loading its libraries for any schema, which took a tenth of a start: `registerQueries` does all that is needed. */
export const SCHEMA_CONTROLLER: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: refuse, buildSerializer: refuse },
};

function refuse(): never {
  throw new Error('a route has a schema that is no query schema');
}

/** Lets queries be read by their schemas. */
export function registerQueries(app: FastifyInstance): void {
  app.setValidatorCompiler<ReturnType<typeof querySchema>['querystring']>(({ schema }) => {
    return (query: unknown) => readQuery(query, schema);
  });
}

function readQuery(query: unknown, { parameters, ignoresOthers }: ReturnType<typeof querySchema>['querystring']) {
  const value: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(query ?? {})) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined && ignoresOthers) continue;
    if (parameter === undefined) return { error: badQuery(`unknown query parameter: ${name}`) };
    value[name] = parameter.read([given].flat().map(String));
    if (value[name] === undefined) return { error: badQuery(`${name}: expected ${parameter.expected}`) };
  }
  return { value };
}

function badQuery(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 });
}

function once([text, ...others]: readonly string[]): string | undefined {
  return others.length === 0 ? text : undefined;
}
