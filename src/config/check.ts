import type * as z from 'zod';
import { suggest } from '../domain/suggest.ts';
import { describeValue, type Path, type Problem } from './problem.ts';

/** A part of the document, checked against its schema. */
export interface Checked<T> {
  /** The valid rest, without wrong values and unknown keys; undefined when the rest is not valid either. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
  /** The paths that `value` lacks because they were wrong. */
  readonly leftOut: readonly Path[];
}

/** Checks the part of the document at `at`. Returns all its problems, and its valid rest. */
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

/** The problems of an issue; their paths are relative to the part. */
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

/** Removes the value at a path. For an item of a list it removes the whole list, because the other items would change their index. */
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
