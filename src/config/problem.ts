/** Where something stands in the document, from its root. */
export type Path = readonly (string | number)[];

/** Something wrong in the document. */
export interface Problem {
  readonly path: Path;
  /** What was expected and what was found, never a secret's value. */
  readonly message: string;
  /** Whether the key itself is wrong, not its value. */
  readonly atKey?: boolean;
  /** What the problem was concluded from when that is not `path`: where any of it is itself wrong, nothing can be concluded. */
  readonly from?: readonly Path[];
}

/** Keys whose value, and all below it, may be secret. */
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

/** A URL with a user or a query, wherever it stands. */
const LIKE_A_SECRET = /@|:\/\/.*\?/s;

const SHOWN_CHARACTERS = 60;

/** `nodes[0].labels["a b"]`; words that look like no plain key are left out below a key that may hold secrets, and where they look like one. */
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

/** Whether a value at the path, or its key's neighbours, may be secret. */
export function isSecretPath(path: Path): boolean {
  return path.some((segment) => SECRET_KEYS.has(segment)) || path.at(-1) === 'tls_config';
}

/** What was found at a path, for a problem's `got`: its type alone where it may be secret. */
export function describeValue(value: unknown, path: Path): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (isSecretPath(path) || LIKE_A_SECRET.test(String(value))) return `a ${typeof value}`;
  return typeof value === 'string' ? quote(value) : String(value);
}

/** A text in quotes on one line, shortened when long. */
export function quote(text: string): string {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
  return JSON.stringify(shown).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, escapeUnits);
}

function escapeUnits(character: string): string {
  const units = character.split('');
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Whether one of two paths leads to the other. */
export function overlaps(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((segment, index) => segment === b[index]);
}
