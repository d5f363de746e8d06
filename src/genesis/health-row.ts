import type { ProcessReport } from '../domain/process-report.ts';
import { type StatusAliases, stateOfWord } from '../domain/process-state.ts';
import { parseLmdbMessage } from './lmdb-message.ts';

/** A longer name is none: cut, two of them could become one. */
const USABLE_NAME = /^.{1,256}$/su;
const MAX_STATUS_LENGTH = 256;

/** More UTF-16 units of a MESSAGE than this are not kept. */
export const MAX_MESSAGE_LENGTH = 65_536;

/** Reads one row of a health answer, whatever it is; undefined without a usable name, which has 1 to 256 characters. */
export function parseHealthRow(row: unknown, aliases: StatusAliases): ProcessReport | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(row));
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

/** A name that can be a label in UTF-8: lone surrogates and control characters are replaced, so that none can collide later. */
function parseName(name: unknown): string | undefined {
  if (typeof name !== 'string' || !USABLE_NAME.test(name) || name.trim() === '') return undefined;
  return name.toWellFormed().replace(/\p{Cc}/gu, '\uFFFD');
}

function parseStatus(word: unknown): string | undefined {
  const isWord = typeof word === 'string' && word.length <= MAX_STATUS_LENGTH && word.trim() !== '';
  return isWord ? word.toWellFormed() : undefined;
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
