import type { Path, Problem } from './problem.ts';
import type { Secret } from './settings.ts';

/** Variables of the environment by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What it takes to turn a document into settings. */
export interface Resolving {
  /** Finds a file that the document names, given the path it has there. */
  readonly resolveFile: (path: string) => string;
  /** Takes what contradicts itself in the document. */
  readonly report: (problem: Problem) => void;
}

/** What it takes to turn the options of an HTTP client into settings. */
export interface HttpResolving extends Resolving {
  /** The variables that name proxies, and any others. */
  readonly env: Environment;
}

/** The secret in `key` or `key_file` of the mapping at `at`; undefined when neither is set. */
export function secretOf<K extends string>(
  mapping: Readonly<Partial<Record<K | `${K}_file`, string | undefined>>>,
  key: K,
  at: Path,
  { report, resolveFile }: Resolving,
): Secret | undefined {
  const inline = mapping[key];
  const file = mapping[`${key}_file`];
  if (inline !== undefined && file !== undefined) {
    report({ path: [...at, `${key}_file`], message: `expected either ${key} or ${key}_file, got both` });
  }
  if (inline !== undefined) return { kind: 'inline', value: inline };
  return file === undefined ? undefined : { kind: 'file', path: resolveFile(file) };
}

/** The secret in `key` or `key_file` of the mapping at `at`; reported, and an empty one, when neither is set. */
export function requiredSecretOf<K extends string>(
  mapping: Readonly<Partial<Record<K | `${K}_file`, string | undefined>>>,
  key: K,
  at: Path,
  resolving: Resolving,
): Secret {
  const secret = secretOf(mapping, key, at, resolving);
  if (secret !== undefined) return secret;
  const from = [
    [...at, key],
    [...at, `${key}_file`],
  ];
  resolving.report({ path: at, message: `expected ${key} or ${key}_file`, from });
  return { kind: 'inline', value: '' };
}
