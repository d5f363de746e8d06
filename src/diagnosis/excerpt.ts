/** Longest detail of a failure. */
export const MAX_DETAIL_LENGTH = 300;

const MAX_EXCERPT_LENGTH = 80;

const MIN_SECRET_LENGTH = 4;

/** A text in one line of at most 300 characters, control characters escaped. */
export function detailLine(text: string): string {
  const line = escaped(text.toWellFormed());
  return line.length <= MAX_DETAIL_LENGTH
    ? line
    : `${[...line.slice(0, MAX_DETAIL_LENGTH - 1)].join('').toWellFormed()}…`;
}

/** The first 80 characters of a text in quotes, the secrets in it replaced: a server may send back what it was sent. */
export function excerpt(text: string, secrets: readonly string[] = []): string {
  let shown = text.slice(0, 4 * MAX_EXCERPT_LENGTH);
  for (const secret of secrets) if (secret.length >= MIN_SECRET_LENGTH) shown = shown.replaceAll(secret, '<secret>');
  // A secret that the cut has torn is at the end, where it is cut once more.
  return `"${escaped([...shown].slice(0, MAX_EXCERPT_LENGTH).join('').toWellFormed())}"`;
}

/** The first bytes as text, for what may be no text at all. */
export function byteExcerpt(bytes: Uint8Array): string {
  return excerpt(new TextDecoder('latin1').decode(bytes.subarray(0, MAX_EXCERPT_LENGTH)));
}

function escaped(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
    return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}
