import type { Diagnosis, Hint } from '../domain/hint.ts';
import { byteExcerpt, excerpt, withoutSecrets } from './excerpt.ts';
import { HEALTH, TARGETS, type Wanted } from './wanted.ts';

const MAX_LINES = 100;
const MAX_LINE_LENGTH = 65_536;

/** An answer with a body that the reader refused. */
export interface SeenBody {
  readonly statusCode: number;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** The received bytes, before decompression. */
  readonly bytes: Uint8Array;
  /** The decoded text; undefined when the body cannot be decoded. */
  readonly text: string | undefined;
  /** The reader's reason for refusing the body. */
  readonly problem: string;
  /** The message of JSON.parse; undefined when it did not fail. */
  readonly syntaxError?: string | undefined;
  /** The JSON value when it is not a list; undefined when the body was not parsed as JSON. */
  readonly value?: unknown;
  /** Secrets to hide in the detail. */
  readonly secrets: readonly string[];
  /** The kind of answer that was requested. Default: a health answer. */
  readonly wanted?: Wanted;
  /** The hint to use when the body is of no known kind. */
  readonly problemHint?: Hint;
}

type Kind = (text: string, seen: SeenBody) => Diagnosis | undefined;

const LOGIN = /type=["']?password|\b(?:sign|log)[ -]?(?:in|on)\b|\blogin\b|single sign|\bsso\b|saml|oauth|openid/i;
const PROXY =
  /bad gateway|service unavailable|gateway time-?out|no server is available|nginx|haproxy|apache|traefik|envoy|cloudflare|squid|varnish|big-?ip|upstream/i;

/** Known kinds of bodies, the most certain first. */
const KINDS: readonly Kind[] = [empty, compressed, utf16, html, xml, metrics, json];

/** Describes a refused body: its kind, and the status, type, encoding, length and first 80 characters. */
export function diagnoseBody(seen: SeenBody): Diagnosis {
  const { statusCode, contentType, contentEncoding, bytes, text, problem, secrets } = seen;
  const otherwise = seen.problemHint ?? (text === undefined ? 'unknown-encoding' : 'not-json');
  const kind = kindOf(seen) ?? { text: problem, hint: otherwise };
  const type = contentType === undefined ? 'no Content-Type' : withoutSecrets(contentType, secrets).slice(0, 60);
  const encoding = contentEncoding === undefined ? '' : `, Content-Encoding ${contentEncoding.slice(0, 20)}`;
  const begins =
    bytes.length === 0
      ? ''
      : `; it begins ${text === undefined ? byteExcerpt(bytes, secrets) : excerpt(text, secrets)}`;
  return {
    hint: kind.hint,
    text: `answered ${statusCode}, ${type}${encoding}, ${bytes.length} bytes: ${kind.text}${begins}`,
  };
}

function kindOf(seen: SeenBody): Diagnosis | undefined {
  if (seen.text === undefined) return undefined;
  for (const find of KINDS) {
    const found = find(seen.text, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

function empty(text: string): Diagnosis | undefined {
  return text.trim() === '' ? { text: 'the body is empty', hint: 'empty-body' } : undefined;
}

function compressed(_: string, { bytes, contentEncoding }: SeenBody): Diagnosis | undefined {
  const name = [
    ['gzip', [0x1f, 0x8b]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['zlib', [0x78, 0x9c]],
    ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ].find(([, magic]) => Array.isArray(magic) && magic.every((byte, index) => bytes[index] === byte))?.[0];
  if (name === undefined || contentEncoding !== undefined) return undefined;
  return { text: `a body in ${name} without Content-Encoding; the server must name it`, hint: 'compressed-body' };
}

function utf16(text: string): Diagnosis | undefined {
  return /^.?\0|^\0/su.test(text)
    ? { text: 'it looks like UTF-16 without byte order mark and charset', hint: 'utf-16' }
    : undefined;
}

function html(text: string, { contentType = '', wanted = HEALTH }: SeenBody): Diagnosis | undefined {
  if (
    !/^\s*<(?:!doctype html|html|head|body|script|title|h1|div|!--)/i.test(text) &&
    !/^text\/html\b/i.test(contentType)
  )
    return undefined;
  const start = text.slice(0, 20_000);
  if (LOGIN.test(start))
    return {
      text: 'an HTML page that looks like a login page; let the exporter pass or give it credentials',
      hint: 'login-page',
    };
  if (PROXY.test(start))
    return {
      text: `an HTML page that looks like a proxy's error page, ${wanted.theirs}`,
      hint: 'proxy-error-page',
    };
  return { text: `an HTML page; ${wanted.page}`, hint: 'html-page' };
}

function xml(text: string): Diagnosis | undefined {
  return /^\s*<[?\w]/.test(text) ? { text: 'an XML document', hint: 'xml' } : undefined;
}

function metrics(text: string, { wanted = HEALTH }: SeenBody): Diagnosis | undefined {
  if (!/^# (?:HELP|TYPE) \w+ /m.test(text.slice(0, 1000))) return undefined;
  return { text: `a metrics page for Prometheus, ${wanted.notThis}`, hint: 'metrics-page' };
}

/** Uses only what the reader has found out. Parsing a body of many megabytes again would block the event loop. */
function json(text: string, seen: SeenBody): Diagnosis | undefined {
  const { problem, problemHint, syntaxError, value, secrets, wanted = HEALTH } = seen;
  if (syntaxError !== undefined) return diagnoseJson(text, syntaxError, wanted);
  if (value === undefined) return problemHint ? undefined : { text: problem, hint: 'other-shape' };
  if (typeof value !== 'object' || value === null)
    return { text: `one JSON ${value === null ? 'null' : typeof value}; ${wanted.array}`, hint: 'other-shape' };
  const keys = Object.keys(value);
  const named = keys
    .slice(0, 5)
    .map((key) => withoutSecrets(key, secrets).slice(0, 20))
    .join(', ');
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  const told = keys.length === 0 ? 'without keys' : `with the keys ${named}${more}`;
  return { text: `one JSON object ${told}; ${wanted.array}`, hint: 'json-object' };
}

/** Describes a text that JSON.parse refused with `error`; undefined when the text does not look like JSON. */
export function diagnoseJson(text: string, error: string, wanted: Wanted = TARGETS): Diagnosis | undefined {
  const lines = text.trim().split('\n', MAX_LINES);
  if (lines.length > 1 && lines.slice(0, 2).every(isJson))
    return {
      text: `${lines.length === MAX_LINES ? `${MAX_LINES} or more` : lines.length} lines of JSON; ${wanted.oneArray}`,
      hint: 'json-lines',
    };
  if (!/^\s*[[{]/.test(text)) return undefined;
  const [, position] = /position (\d+)/.exec(error) ?? [];
  if (/unexpected end|unterminated/i.test(error) || Number(position) >= text.trimEnd().length)
    return { text: 'JSON that is cut short', hint: 'json-cut' };
  return { text: `JSON with a mistake${placeOf(error, text)}`, hint: 'json-broken' };
}

/** V8's message has the position, or the character and its surroundings. */
function placeOf(error: string, text: string): string {
  const [, position] = /position (\d+)/.exec(error) ?? [];
  if (position !== undefined) return lineAndColumn(text, Number(position));
  const [, token] = /Unexpected token '(.)'/u.exec(error) ?? [];
  if (token === undefined) return '';
  const [, around] = /', \.{3}"(.*)"(?:\.{3})? is not valid JSON$/su.exec(error) ?? [];
  const start = around === undefined ? -1 : text.indexOf(around);
  const isOnce = around !== undefined && start !== -1 && !text.includes(around, start + 1);
  return `${isOnce ? lineAndColumn(text, start + SHOWN_BEFORE) : ''}: unexpected ${excerpt(token, [])}`;
}

/** V8 quotes this many characters before the unexpected one. */
const SHOWN_BEFORE = 10;

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return ` in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Whether a line is JSON. Long lines are not tried. */
function isJson(line: string): boolean {
  if (line.length > MAX_LINE_LENGTH) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
