const NEEDS_QUOTES = /^(?:null)?$|[\s="\p{Cc}\p{Zl}\p{Zp}\ufffd\p{Cs}]/u;
const NO_KEY = /[\s="\p{Cc}\p{Zl}\p{Zp}\ufffd\p{Cs}]/gu;

/**
 * One log record as a line of logfmt, without the end of the line: `ts`, `level` and `msg`, then all else in its order.
 * Lists and mappings are written as JSON. Of an error the message is the value of its key, and the stack follows as `KEY_stack`.
 */
export function formatLogfmt({ time, level, msg, ...data }: Readonly<Record<string, unknown>>): string {
  const pairs = [
    ['ts', time],
    ['level', level],
    ['msg', msg],
    ...Object.entries(data).flatMap(withoutNesting),
  ] as const;
  return pairs.map(([key, value]) => `${formatKey(String(key))}=${formatValue(value)}`).join(' ');
}

function withoutNesting([key, value]: readonly [string, unknown]): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[key, value]];
  if (!('message' in value && 'stack' in value)) return [[key, JSON.stringify(value)]];
  return [
    [key, value.message],
    [`${key}_stack`, value.stack],
  ];
}

/** A key cannot be quoted: what it cannot have becomes `_`. */
function formatKey(key: string): string {
  return key.replace(NO_KEY, '_') || '_';
}

/** A text that could be read as something else, or would not stay on its line, is quoted as in JSON. */
function formatValue(value: unknown): string {
  const text = String(value);
  if (typeof value !== 'string' || !NEEDS_QUOTES.test(text)) return text;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
