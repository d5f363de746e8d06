import { parseByteSize } from '../domain/byte-size.ts';
import { type LmdbUsage, lmdbUsage, MAX_LMDB_STORES } from '../domain/process-report.ts';

/**
 * The LMDB phrase, wherever in a part it stands. Three spellings are known: with a leading `;` (Genesis 2022.3 to today),
 * with a trailing `;` (GSF 5.1), and behind a monitor's name and colon (`lmdb: ...`, IntelliJ plugin).
 * The bounded repetitions keep the search linear on hostile text.
 */
const LMDB_PHRASE =
  /Lmdb currently uses (\d{1,15}(?:\.\d{1,15})?) {0,3}%(?: of available space(?: {1,3}\(total size ([\d.]{1,20} {0,3}[KMGT]?i?B)\))?)?/i;

/** The LMDB parts of a MESSAGE in order, at most 16. Other text is skipped. */
export function parseLmdbMessage(message: string): readonly LmdbUsage[] {
  const stores: LmdbUsage[] = [];
  if (message === '') return stores;
  for (const part of message.split(';')) {
    const match = LMDB_PHRASE.exec(part);
    if (match === null) continue;
    stores.push(lmdbUsage(Number(match[1]), parseByteSize(match[2] ?? '')));
    if (stores.length === MAX_LMDB_STORES) break;
  }
  return stores;
}
