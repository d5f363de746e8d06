const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Joiners are part of how some scripts are written; all else here moves the cursor, turns text around or is unseen. */
const CONTROLS = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** A text of others on one line, in which nothing is left that a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(LINE_BREAKS, ' ').replaceAll(CONTROLS, '\uFFFD');
}

/** JSON in which what a terminal would obey is escaped, so that it still means the same. */
export function printableJson(json: string): string {
  return json.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (text) =>
    Array.from({ length: text.length }, (_, unit) => escapeUnit(text.charCodeAt(unit))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
