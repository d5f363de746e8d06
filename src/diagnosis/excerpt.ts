/** Longest detail of a failure. */
export const MAX_DETAIL_LENGTH = 300;

const MAX_EXCERPT_LENGTH = 80;

/** Far more than is shown, so that a secret which this limit cuts is never part of the excerpt. */
const MAX_READ_LENGTH = 65_536;

/** Shorter secrets occur in any text. Replacing them would reveal them by the gaps. */
const MIN_SECRET_LENGTH = 4;

const NOT_SHOWN = '(not shown: it has a secret in it that is too short to hide)';

/** A text in one line of at most 300 characters, control characters escaped. */
export function detailLine(text: string): string {
  const line = escaped(text.toWellFormed());
  return line.length <= MAX_DETAIL_LENGTH
    ? line
    : `${[...line.slice(0, MAX_DETAIL_LENGTH - 1)].join('').toWellFormed()}…`;
}

/** The first 80 characters of a text in quotes, without secrets. If they contain a secret of fewer than 4 characters, nothing is shown. */
export function excerpt(text: string, secrets: readonly string[]): string {
  const start = withoutLong(text.slice(0, MAX_READ_LENGTH), secrets).slice(0, 2 * MAX_EXCERPT_LENGTH);
  if (hasShort(start, secrets)) return NOT_SHOWN;
  return `"${escaped([...start].slice(0, MAX_EXCERPT_LENGTH).join('').toWellFormed())}"`;
}

/** Replaces the secrets in a text, because a server may echo the request. Call this before the text is cut. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const shown = withoutLong(text, secrets);
  return hasShort(shown, secrets) ? '<secret>' : shown;
}

function hasShort(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => secret !== '' && secret.length < MIN_SECRET_LENGTH && text.includes(secret));
}

function withoutLong(text: string, secrets: readonly string[]): string {
  const usable = secrets.filter((secret) => secret.length >= MIN_SECRET_LENGTH);
  // One secret may contain another: a header contains its password.
  const longestFirst = usable.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((shown, secret) => shown.replaceAll(secret, '<secret>'), text);
}

/** The first bytes as text, also for bytes that are not text. */
export function byteExcerpt(bytes: Uint8Array, secrets: readonly string[]): string {
  return excerpt(new TextDecoder('latin1').decode(bytes.subarray(0, MAX_READ_LENGTH)), secrets);
}

function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}
