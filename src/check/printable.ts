const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Joiners belong to some scripts. All other control characters move the cursor, reverse the text or are invisible. */
const CONTROLS = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;

/** Makes a text from outside safe for a terminal: one line, without control sequences. */
export function printable(text: string): string {
  return text.replaceAll(LINE_BREAKS, ' ').replaceAll(CONTROLS, '\uFFFD');
}

/** Escapes control characters in JSON, so that a terminal ignores them and the value stays the same. */
export function printableJson(json: string): string {
  return json.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (text) =>
    Array.from({ length: text.length }, (_, unit) => escapeUnit(text.charCodeAt(unit))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
