import type { Diagnosis } from '../domain/hint.ts';
import { excerpt } from './excerpt.ts';

/** An answer whose body was not understood. */
export interface SeenBody {
  readonly statusCode: number;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Bytes as they came. */
  readonly bytes: Uint8Array;
  /** Decoded; undefined when that was not possible. */
  readonly text: string | undefined;
  /** What is wrong, by whoever read it. */
  readonly problem: string;
  /** Texts that must not be shown. */
  readonly secrets: readonly string[];
}

type Kind = (text: string, seen: SeenBody) => Diagnosis | undefined;

const LOGIN = /type=["']?password|\b(?:sign|log)[ -]?(?:in|on)\b|\blogin\b|single sign|\bsso\b|saml|oauth|openid/i;
const PROXY =
  /bad gateway|service unavailable|gateway time-?out|no server is available|nginx|haproxy|apache|traefik|envoy|cloudflare|squid|varnish|big-?ip|upstream/i;

/** Kinds of bodies that people meet, the surest first. */
const KINDS: readonly Kind[] = [empty, compressed, utf16, html, xml, metrics, json];

/** Says what a body is that was not understood, with status, type, encoding, length and the first 80 characters. */
export function diagnoseBody(seen: SeenBody): Diagnosis {
  const { statusCode, contentType, contentEncoding, bytes, text, problem, secrets } = seen;
  const kind: Diagnosis =
    text === undefined
      ? { text: problem, hint: 'unknown-encoding' }
      : (KINDS.map((find) => find(text, seen)).find((found) => found !== undefined) ?? {
          text: problem,
          hint: 'not-json',
        });
  const type = contentType === undefined ? 'no Content-Type' : contentType.slice(0, 60);
  const encoding = contentEncoding === undefined ? '' : `, Content-Encoding ${contentEncoding.slice(0, 20)}`;
  const begins = bytes.length === 0 ? '' : `; it begins ${excerpt(text ?? latin1(bytes), secrets)}`;
  return {
    hint: kind.hint,
    text: `answered ${statusCode}, ${type}${encoding}, ${bytes.length} bytes: ${kind.text}${begins}`,
  };
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 400));
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

function html(text: string, { contentType = '' }: SeenBody): Diagnosis | undefined {
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
      text: "an HTML page that looks like a proxy's error page, not Genesis' own answer",
      hint: 'proxy-error-page',
    };
  return { text: 'an HTML page; is the path that of the health endpoint?', hint: 'html-page' };
}

function xml(text: string): Diagnosis | undefined {
  return /^\s*<[?\w]/.test(text) ? { text: 'an XML document', hint: 'xml' } : undefined;
}

function metrics(text: string): Diagnosis | undefined {
  if (!/^# (?:HELP|TYPE) \w+ /m.test(text.slice(0, 1000))) return undefined;
  return { text: 'a metrics page for Prometheus, not a health answer', hint: 'metrics-page' };
}

function json(text: string, { problem }: SeenBody): Diagnosis | undefined {
  const value = parsed(text);
  if (value === undefined) return brokenJson(text);
  if (Array.isArray(value)) return { text: problem, hint: 'other-shape' };
  if (typeof value !== 'object' || value === null)
    return { text: `one JSON ${value === null ? 'null' : typeof value}; Genesis sends an array`, hint: 'other-shape' };
  const keys = Object.keys(value);
  const named = keys
    .slice(0, 5)
    .map((key) => key.slice(0, 20))
    .join(', ');
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  const told = keys.length === 0 ? 'without keys' : `with the keys ${named}${more}`;
  return { text: `one JSON object ${told}; Genesis sends an array`, hint: 'json-object' };
}

function brokenJson(text: string): Diagnosis | undefined {
  const lines = text.trim().split('\n', 100);
  if (lines.length > 1 && lines.slice(0, -1).every((line) => parsed(line) !== undefined))
    return {
      text: `${lines.length === 100 ? '100 or more' : lines.length} lines of JSON; Genesis sends one array`,
      hint: 'json-lines',
    };
  const error = syntaxErrorOf(text);
  if (!/^\s*[[{]/.test(text)) return undefined;
  if (/unexpected end|unterminated/i.test(error)) return { text: 'JSON that is cut short', hint: 'json-cut' };
  const [, position] = /position (\d+)/.exec(error) ?? [];
  if (Number(position) >= text.trimEnd().length) return { text: 'JSON that is cut short', hint: 'json-cut' };
  return { text: `JSON with a mistake${placeOf(error, text)}`, hint: 'json-broken' };
}

/** V8 names the position or the character. */
function placeOf(error: string, text: string): string {
  const [, position] = /position (\d+)/.exec(error) ?? [];
  if (position !== undefined) {
    const before = text.slice(0, Number(position)).split('\n');
    return ` in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  }
  const [, token] = /Unexpected token '(.)'/u.exec(error) ?? [];
  return token === undefined ? '' : `: unexpected ${excerpt(token)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function syntaxErrorOf(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return String(error);
  }
}
