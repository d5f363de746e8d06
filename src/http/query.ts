import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { parseInstant } from '../domain/instant.ts';

/** How a query parameter is read and described. */
export interface Parameter {
  /** Completes an error message that begins with `expected`. */
  readonly expected: string;
  /** Parses the given values; undefined when they are invalid. */
  readonly read: (given: readonly string[]) => unknown;
}

/** One text. */
export const TEXT: Parameter = { expected: 'one value', read: (given) => once(given) };

/** Any number of texts. */
export const TEXTS: Parameter = { expected: 'values', read: (given) => given };

/** A boolean. */
export const FLAG: Parameter = {
  expected: 'true or false',
  read: (given) =>
    new Map<string | undefined, boolean>([
      ['true', true],
      ['false', false],
    ]).get(once(given)),
};

/** A time in RFC 3339 or Unix seconds; becomes wall-clock milliseconds. */
export const MOMENT: Parameter = {
  expected: 'a time such as 2026-01-31T12:00:00Z, or Unix seconds',
  read: (given) => parseInstant(once(given) ?? ''),
};

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): Parameter {
  const read = (given: readonly string[]) => {
    const number = /^\d{1,9}$/.test(once(given) ?? '') ? Number(once(given)) : Number.NaN;
    return number >= min && number <= max ? number : undefined;
  };
  return { expected: `a whole number from ${min} to ${max}`, read };
}

/** A text of at most `maxLength` characters. */
export function textUpTo(maxLength: number): Parameter {
  const read = (given: readonly string[]) => (given.join('').length > maxLength ? undefined : once(given));
  return { expected: `one value of at most ${maxLength} characters`, read };
}

/** One of the given texts. */
export function oneOf(texts: readonly string[]): Parameter {
  return { expected: `one of ${JSON.stringify(texts)}`, read: (given) => texts.find((text) => text === once(given)) };
}

/** The query schema of a route. A parameter that it does not list is taken for a typo and rejected with 400. */
export function querySchema(parameters: Readonly<Record<string, Parameter>>) {
  return { querystring: { parameters, ignoresOthers: false } };
}

/** A query schema that ignores unlisted parameters, which scrape configurations and cache busters add. */
export function tolerantQuerySchema(parameters: Readonly<Record<string, Parameter>>) {
  return { querystring: { parameters, ignoresOthers: true } };
}

/** The schema of a route without query parameters. */
export const NO_QUERY = querySchema({});

/** The schema of a route without query parameters that ignores any it gets. */
export const ANY_QUERY = tolerantQuerySchema({});

/** Keeps Fastify from loading its JSON Schema libraries, a tenth of the start time. `registerQueries` validates instead. */
export const SCHEMA_CONTROLLER: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: { buildValidator: refuse, buildSerializer: refuse },
};

function refuse(): never {
  throw new Error('a route has a schema that is no query schema');
}

/** Validates and parses the query of each request by the schema of its route. */
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
