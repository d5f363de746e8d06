import type { ProcessReport } from '../domain/process-report.ts';
import { isWorse, type StatusAliases, stateOfWord } from '../domain/process-state.ts';
import { parseLmdbMessage } from './lmdb-message.ts';
import { unnumbered } from './numbered-keys.ts';

/** A longer name is refused: cut names could collide. */
const USABLE_NAME = /^.{1,256}$/su;
const MAX_STATUS_LENGTH = 256;

/** More UTF-16 units of a MESSAGE than this are not kept. */
export const MAX_MESSAGE_LENGTH = 65_536;

/** Reads one row of a health answer; undefined without a usable name of 1 to 256 characters. */
export function parseHealthRow(row: unknown, aliases: StatusAliases): ProcessReport | undefined {
  return isObject(row) ? parseFields(Object.entries(row), aliases) : undefined;
}

/** Reads a row with the numbered keys of `numberKeys`. If STATUS occurs twice, the worse one counts; of other keys the last one. */
export function parseNumberedRow(row: unknown, aliases: StatusAliases): ProcessReport | undefined {
  if (!isObject(row)) return undefined;
  const entries = Object.entries(row).map(([key, value]) => [unnumbered(key), value] as const);
  const words = entries.filter(([key]) => key === 'STATUS').map(([, word]) => word);
  const reports = (words.length === 0 ? [undefined] : words)
    .map((word) => parseFields([...entries, ['STATUS', word]], aliases))
    .filter((report) => report !== undefined);
  return reports.find(({ state }) => reports.every((other) => !isWorse(other.state, state)));
}

function isObject(row: unknown): row is object {
  return typeof row === 'object' && row !== null;
}

function parseFields(
  entries: readonly (readonly [string, unknown])[],
  aliases: StatusAliases,
): ProcessReport | undefined {
  const fields = new Map(entries);
  const name = parseName(fields.get('PROCESS_NAME'));
  if (name === undefined) return undefined;
  const status = parseStatus(fields.get('STATUS'));
  const message = parseMessage(fields.get('MESSAGE'));
  return {
    name,
    status,
    state: status === undefined ? 'UNKNOWN' : stateOfWord(status, aliases),
    message,
    port: parsePort(fields.get('PORT')),
    lmdb: parseLmdbMessage(message),
  };
}

/** Trims a name and replaces lone surrogates and control characters, so that it is a valid label and cannot collide later. */
function parseName(name: unknown): string | undefined {
  const trimmed = typeof name === 'string' ? name.trim() : '';
  return USABLE_NAME.test(trimmed) ? trimmed.toWellFormed().replace(/\p{Cc}/gu, '\uFFFD') : undefined;
}

function parseStatus(word: unknown): string | undefined {
  const trimmed = typeof word === 'string' ? word.trim() : '';
  return trimmed !== '' && trimmed.length <= MAX_STATUS_LENGTH ? trimmed.toWellFormed() : undefined;
}

function parseMessage(text: unknown): string {
  if (typeof text !== 'string') return '';
  if (text.length <= MAX_MESSAGE_LENGTH) return text.toWellFormed();
  return `${text.slice(0, MAX_MESSAGE_LENGTH).toWellFormed()};exporter: cut here, MESSAGE had ${text.length} characters`;
}

function parsePort(port: unknown): number | undefined {
  const number = typeof port === 'string' && /^\s*\d{1,5}\s*$/.test(port) ? Number(port) : port;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 65535 ? number : undefined;
}
