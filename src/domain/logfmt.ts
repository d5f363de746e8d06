const NEEDS_QUOTES = /^(?:null)?$|[\s="\p{Cc}\p{Zl}\p{Zp}\ufffd\p{Cs}]/u;
const NO_KEY = /[\s="\p{Cc}\p{Zl}\p{Zp}\ufffd\p{Cs}]/gu;

/**
 * One log record as a line of logfmt, without the end of the line: `ts`, `level` and `msg`, then all other keys in order.
 * Lists and mappings are written as JSON. An error has its message as value, followed by its stack as `KEY_stack`.
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

/** Keys cannot be quoted: invalid characters become `_`. */
function formatKey(key: string): string {
  return key.replace(NO_KEY, '_') || '_';
}

/** Quotes a text as in JSON if it would be ambiguous or would not stay on one line. */
function formatValue(value: unknown): string {
  const text = String(value);
  if (typeof value !== 'string' || !NEEDS_QUOTES.test(text)) return text;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
