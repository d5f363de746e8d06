/** Keys and indexes from the root of the document to a value. */
export type Path = readonly (string | number)[];

/** Something wrong in the document. */
export interface Problem {
  readonly path: Path;
  /** What was expected and what was found; never contains the value of a secret. */
  readonly message: string;
  /** Whether the key itself is wrong, not its value. */
  readonly atKey?: boolean;
  /** The values that the problem follows from; default: `path`. If one of these values was left out as wrong, the problem is dropped. */
  readonly from?: readonly Path[];
}

/** Keys whose values may be secret, and everything below them. */
const SECRET_KEYS: ReadonlySet<string | number> = new Set([
  'basic_auth',
  'basic_auth_users',
  'authorization',
  'http_headers',
  'proxy_url',
  'health_url',
  'url',
  'path',
  'ca',
  'cert',
  'key',
]);

/** Matches a text that may contain a URL with a user or a query. */
const LIKE_A_SECRET = /@|:\/\/.*\?/s;

const SHOWN_CHARACTERS = 60;

/** A path as text, such as `nodes[0].labels["a b"]`. The text ends before an unusual key that may be a secret, or stands below one. */
export function formatPath(path: Path): string {
  let text = '';
  for (const [index, segment] of path.entries()) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[\w-]{1,64}$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else if (isSecretPath(path.slice(0, index)) || LIKE_A_SECRET.test(segment)) return text;
    else text += `[${quote(segment)}]`;
  }
  return text;
}

/** Whether the value at a path, or an unknown key in the mapping there, may be secret. */
export function isSecretPath(path: Path): boolean {
  return path.some((segment) => SECRET_KEYS.has(segment)) || path.at(-1) === 'tls_config';
}

/** The value at a path as text, for the `got` of a problem. Of a value that may be secret, only the type. */
export function describeValue(value: unknown, path: Path): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (isSecretPath(path) || LIKE_A_SECRET.test(String(value))) return `a ${typeof value}`;
  return typeof value === 'string' ? quote(value) : String(value);
}

/** A text in quotes on one line; a long text is shortened. */
export function quote(text: string): string {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
  return JSON.stringify(shown).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, escapeUnits);
}

function escapeUnits(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Whether one path is a prefix of the other. */
export function overlaps(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((segment, index) => segment === b[index]);
}
