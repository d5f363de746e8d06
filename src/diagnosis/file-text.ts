import type { Diagnosis } from '../domain/hint.ts';
import { diagnoseJson } from './body.ts';

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'it is no folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'links lead in a circle'],
  ['EIO', 'the disk or the network mount fails'],
  ['ESTALE', 'the network mount is stale'],
  ['EMFILE', 'this exporter ran out of descriptors'],
]);

/** A file system's error code in words, followed by the code. */
export function explainCode(code: string): string {
  const meaning = MEANINGS.get(code);
  return meaning === undefined ? code : `${meaning} (${code})`;
}

/** Describes a file that is not valid JSON, from the message of JSON.parse. Quotes at most one character of the file. */
export function diagnoseText(text: string, syntaxError: string): Diagnosis {
  if (/^<{7} /m.test(text.slice(0, MAX_SEARCHED)))
    return { text: 'not valid JSON; it looks like a merge conflict that nobody has resolved', hint: 'merge-conflict' };
  const found = diagnoseJson(text, syntaxError);
  return found ?? { text: 'not valid JSON', hint: 'not-json' };
}

const MAX_SEARCHED = 65_536;
