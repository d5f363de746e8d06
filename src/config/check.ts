import type * as z from 'zod';
import { suggest } from '../domain/suggest.ts';
import { describeValue, type Path, type Problem } from './problem.ts';

/** A part of the document, checked against its schema. */
export interface Checked<T> {
  /** What is right about it, wrong values and unknown keys left out; undefined when too little is. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** What was left out. */
  readonly leftOut: readonly Path[];
}

/** Checks a part of the document that stands at `at`: all that is wrong, and all that is right in spite of it. */
export function check<S extends z.ZodType>(schema: S, raw: unknown, at: Path): Checked<z.output<S>> {
  const first = schema.safeParse(raw);
  if (first.success) return { value: first.data, problems: [], leftOut: [] };
  const found = first.error.issues.flatMap((issue) => toProblems(issue, raw, at));
  const rest: unknown = structuredClone(raw);
  const leftOut = found.map(({ path }) => leaveOut(rest, path));
  const problems = found.map((problem) => ({ ...problem, path: [...at, ...problem.path] }));
  const second = schema.safeParse(rest);
  if (!second.success) return { value: undefined, problems, leftOut: [at] };
  return { value: second.data, problems, leftOut: leftOut.map((path) => [...at, ...path]) };
}

/** The problems of an issue, by paths within the part. */
function toProblems(issue: z.core.$ZodIssue, raw: unknown, at: Path): readonly Problem[] {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ');
    return issue.keys.map((key) => {
      return { path: [...path, key], message: `unknown key${suggest(key, known)}`, atKey: true };
    });
  }
  if (issue.code === 'invalid_key') {
    return [{ path, message: `expected ${issue.issues.map(({ message }) => message).join(', ')}`, atKey: true }];
  }
  const found = describeValue(valueAt(raw, path), [...at, ...path]);
  return [{ path, message: `expected ${issue.message}, got ${found}` }];
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, segment) => (isObject(value) ? Reflect.get(value, segment) : undefined), raw);
}

/** Takes the value at a path away, or the list that it is an item of, so that no other item changes its number. */
function leaveOut(raw: unknown, path: Path): Path {
  const named = path.slice(0, path.findLastIndex((segment) => typeof segment === 'string') + 1);
  const key = named.at(-1);
  const parent = valueAt(raw, named.slice(0, -1));
  if (key !== undefined && isObject(parent)) Reflect.deleteProperty(parent, key);
  return named;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
