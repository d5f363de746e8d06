/** What a name, or another short text that is shown, is made of: no control characters, no blanks at its ends. */
export const TEXT_PATTERN = /^(?!\s)[^\p{Cc}\p{Cs}]{1,256}(?<!\s)$/u;

/** What a text that `TEXT_PATTERN` refuses should have been, for a problem. */
export const EXPECTED_TEXT = 'text of 1 to 256 characters, without control characters or blanks at its ends';

/** Whether a text can be a name. */
export function isName(text: string): boolean {
  return TEXT_PATTERN.test(text);
}
