import type { ConnectFailure } from '../domain/failure-reason.ts';

const BY_CODE: ReadonlyMap<string, ConnectFailure> = new Map<string, ConnectFailure>([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ENOTFOUND', 'dns'],
  ['ENODATA', 'dns'],
  ['ESERVFAIL', 'dns'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EPERM', 'unreachable'],
  ['EPROTO', 'tls'],
]);

const BY_CODE_PREFIX: readonly (readonly [RegExp, ConnectFailure])[] = [
  [/^EAI_/, 'dns'],
  [/^ERR_(?:TLS|SSL|OSSL)_/, 'tls'],
  // OpenSSL's names for faults of a certificate.
  [/^(?:CERT|CRL|UNABLE_TO|ERROR_IN|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|INVALID|HOSTNAME_MISMATCH)(?:_|$)/, 'tls'],
];

const BY_NAME: ReadonlyMap<string, ConnectFailure> = new Map<string, ConnectFailure>([
  ['TimeoutError', 'timeout'],
  ['AbortError', 'timeout'],
]);

const OWN_CODES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL']);

/** The error code of a TLS alert from the peer. OpenSSL uses this form for alerts only; since 3.5 with SSL/TLS instead of SSLV3. */
const TLS_ALERT = /^ERR_SSL_(?:SSLV3|SSL\/TLS|TLSV1|TLSV13)_/;

const MAX_DEPTH = 5;

/** Why a connection failed: by the error's code, else its name, else its causes. Several errors are `refused` only if each one is. */
export function failureReason(error: unknown): ConnectFailure {
  return reasonOf(error, MAX_DEPTH) ?? 'other';
}

/** True when this machine or process ran out of descriptors, ports or memory, which proves nothing about the peer. */
export function isOwnFailure(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isOwnFailure);
  return OWN_CODES.has(codeOf(error) ?? '');
}

/** True for an alert in a TLS handshake: the peer refuses, so it is alive. */
export function isTlsAlert(error: unknown): boolean {
  return TLS_ALERT.test(codeOf(error) ?? '');
}

/** True when undici cannot parse the answer. */
export function isParserError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'HTTPParserError' || /bad response|bad upgrade/.test(error.message));
}

/** An error in one line, at most 300 characters: its message, and its code unless the message has it. */
export function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return clip([...new Set(error.errors.map(describeError))].join(', '));
  }
  if (!(error instanceof Error)) return clip(String(error));
  // OpenSSL's message contains addresses and file names; `reason` is its readable part.
  const text = 'reason' in error && typeof error.reason === 'string' ? `TLS: ${error.reason}` : error.message;
  const code = codeOf(error);
  if (code === undefined || text.includes(code) || code.startsWith('UND_ERR')) return clip(text);
  return clip(text === '' ? code : `${text} (${code})`);
}

function reasonOf(error: unknown, depth: number): ConnectFailure | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  if (error instanceof AggregateError && error.errors.length > 0) {
    const theirs = error.errors.filter((each) => !isOwnFailure(each));
    const reasons = theirs.map((each) => reasonOf(each, depth - 1) ?? 'other');
    return reasons.findLast((reason) => reason !== 'refused') ?? reasons[0];
  }
  const code = codeOf(error);
  const byCode = code === undefined ? undefined : reasonOfCode(code);
  return byCode ?? BY_NAME.get(error.name) ?? reasonOf(error.cause, depth - 1);
}

function reasonOfCode(code: string): ConnectFailure | undefined {
  return BY_CODE.get(code) ?? BY_CODE_PREFIX.find(([prefix]) => prefix.test(code))?.[1];
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function clip(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
