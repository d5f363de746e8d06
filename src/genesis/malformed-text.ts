import type { Hint } from '../domain/hint.ts';

/** What a malformed file of Genesis looks like. */
interface Likeness {
  /** Appended to the problem; empty when the problem already says it. */
  readonly words: string;
  readonly hint: Hint;
}

/** Enough for the beginning of a file, and cheap for a file of megabytes. */
const MAX_SEARCHED = 65_536;

/** Recognises a malformed text by its beginning and its reader's message; undefined when it is not recognised. */
export function likenessOf(text: string, problem: string): Likeness | undefined {
  const start = text.slice(0, MAX_SEARCHED);
  if (/^<{7} /m.test(start))
    return { words: '; it looks like a merge conflict that nobody has resolved', hint: 'merge-conflict' };
  if (start.includes('\0')) return { words: '; it looks like UTF-16, and Genesis writes UTF-8', hint: 'utf-16' };
  if (/^\s*<(?:!doctype html|html)\b/i.test(start))
    return { words: '; it looks like a web page that was saved in place of the file', hint: 'html-page' };
  if (/\{\{[^{}\n]{1,80}\}\}/.test(start))
    return { words: '; it looks like a template with {{ }} that nobody has filled in', hint: 'unfilled-template' };
  if (/before the end$|Unclosed tag|for this [{(]$|expected the end of this/.test(problem))
    return { words: '', hint: 'file-cut' };
  return /^not XML/.test(problem) ? { words: '', hint: 'not-xml' } : undefined;
}
