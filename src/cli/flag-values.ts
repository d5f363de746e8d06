import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../config/duration.ts';
import { parseByteSize } from '../domain/byte-size.ts';

// Each function reads the text of a flag's value, and throws an InvalidArgumentError that says what it expected.

/** A path such as `/metrics`. */
export function parsePath(text: string): string {
  if (!/^\/[\w.~/-]*$/.test(text)) throw new InvalidArgumentError('Expected a path such as /metrics.');
  return text;
}

/** Paths separated by commas. */
export function parsePaths(text: string): readonly string[] {
  return text.split(',').map((path) => parsePath(path.trim()));
}

/** A whole number up to 999999. */
export function parseCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number up to 999999.');
  return Number(text);
}

/** A duration from 1 s to 1 day in milliseconds. */
export function parseInterval(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms < 1000 || ms > 86_400_000)
    throw new InvalidArgumentError('Expected a duration from 1s to 1d.');
  return ms;
}

/** A duration from 1 h in milliseconds. */
export function parseRetention(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms < 3_600_000) throw new InvalidArgumentError('Expected a duration from 1h, such as 90d.');
  return ms;
}

/** A size from 1 MiB in bytes. */
export function parseStorageSize(text: string): number {
  const bytes = parseByteSize(text);
  if (bytes === undefined || bytes < 2 ** 20)
    throw new InvalidArgumentError('Expected a size from 1MiB, such as 1GiB.');
  return bytes;
}

/** Seconds, at most 3,600. */
export function parseSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= 3600)) throw new InvalidArgumentError('Expected a number of seconds, at most 3600.');
  return seconds;
}

/** The URL with a slash at its end. */
export function parseExternalUrl(text: string): string {
  const url = /^https?:\/\/[^\s"'<>]+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new InvalidArgumentError('Expected a URL such as https://ops.example.com/genesis/.');
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('Expected a URL without user, query and fragment.');
  return `${url.origin}${parseRoutePrefix(url.pathname)}/`;
}

/** A prefix without a slash at its end: `/` is empty. */
export function parseRoutePrefix(text: string): string {
  const prefix = text.replace(/\/+$/, '');
  const isPath = /^(?:\/[\w.~-]+)*$/.test(prefix) && !/\/\.{1,2}(?:\/|$)/.test(prefix);
  if (!isPath || (text !== '' && !text.startsWith('/')))
    throw new InvalidArgumentError('Expected a path of letters, digits and -._~ between slashes, such as /genesis.');
  return prefix;
}

/** The URL of runbooks, with a slash at its end unless a name can follow as it is. */
export function parseRunbookUrl(text: string): string {
  if (!/^https?:\/\/[^\s"'<>]+$/.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('Expected an URL such as https://wiki.example.com/runbooks/.');
  }
  return /[/=#]$/.test(text) ? text : `${text}/`;
}

/** Reads a flag that takes no value from its environment variable. */
export function parseBoolean(text: string): boolean {
  const word = text.trim().toLowerCase();
  if (['true', '1', 'yes', 'on'].includes(word)) return true;
  if (['false', '0', 'no', 'off'].includes(word)) return false;
  throw new InvalidArgumentError('Expected true or false.');
}
