import type { Path, Problem } from './problem.ts';
import type { Secret } from './settings.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Callbacks that turn a document into settings. */
export interface Resolving {
  /** Resolves a path from the document. */
  readonly resolveFile: (path: string) => string;
  /** Receives each contradiction in the document. */
  readonly report: (problem: Problem) => void;
}

/** The same for the options of an HTTP client. */
export interface HttpResolving extends Resolving {
  /** All environment variables; some may name proxies. */
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

/** The secret in `key` or `key_file` of the mapping at `at`. If neither is set, reports this and returns an empty secret. */
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
