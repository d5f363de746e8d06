import { describe, expect, test } from 'vitest';
import { describeError, failureReason, isOwnFailure, isTlsAlert } from '../../src/http-client/failure-reason.ts';

function coded(code: unknown, message = '', cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

function named(name: string): Error {
  return Object.assign(new Error('some text'), { name });
}

const refused = coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1');

describe('the reason of an error', () => {
  test.each([
    ['a refused port', refused, 'refused'],
    ['a connect that timed out', coded('ETIMEDOUT'), 'timeout'],
    ['a name that is not there', coded('ENOTFOUND'), 'dns'],
    ['any failure of the resolver', coded('EAI_AGAIN'), 'dns'],
    ['a reset', coded('ECONNRESET'), 'reset'],
    ['a socket closed by the other side', coded('UND_ERR_SOCKET'), 'reset'],
    ['no route', coded('EHOSTUNREACH'), 'unreachable'],
    ['a certificate that has ended', coded('CERT_HAS_EXPIRED'), 'tls'],
    ['a certificate that nobody else signed', coded('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
    ['plain text in a handshake', coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls'],
    ['a key that is no PEM', coded('ERR_OSSL_PEM_NO_START_LINE'), 'tls'],
    ['an unknown code', coded('E_NEW'), 'other'],
    ['a code that is a number, with a name', Object.assign(named('TimeoutError'), { code: 23 }), 'timeout'],
    ['a message that only looks like a reason', new Error('connect ECONNREFUSED'), 'other'],
    ['a cause inside', new Error('proxy', { cause: refused }), 'refused'],
    ['an unknown code around a known one', coded('E_NEW', '', refused), 'refused'],
    ['all addresses refused', new AggregateError([refused, refused]), 'refused'],
    ['one address refused, one without a route', new AggregateError([coded('ENETUNREACH'), refused]), 'unreachable'],
    ['one address refused, one failed in a new way', new AggregateError([refused, coded('E_NEW')]), 'other'],
    [
      'one address refused, one that we have no family for',
      new AggregateError([refused, coded('EADDRNOTAVAIL')]),
      'refused',
    ],
    ['no errors at all', new AggregateError([]), 'other'],
    ['no error', 'ECONNREFUSED', 'other'],
    ['nothing', undefined, 'other'],
  ])('%s', (_, error, reason) => {
    expect(failureReason(error)).toBe(reason);
  });

  test('an error that causes itself ends', () => {
    const error = new Error('round');
    error.cause = error;
    expect(failureReason(error)).toBe('other');
  });
});

test.each([
  ['EMFILE', true],
  ['ENFILE', true],
  ['ENOBUFS', true],
  ['EADDRNOTAVAIL', true],
  ['ECONNREFUSED', false],
  [23, false],
])('code %s is our own failure: %s', (code, own) => {
  expect(isOwnFailure(coded(code))).toBe(own);
});

test('several errors are our own failure only if each is', () => {
  expect(isOwnFailure(new AggregateError([coded('EMFILE'), coded('EMFILE')]))).toBe(true);
  expect(isOwnFailure(new AggregateError([coded('EMFILE'), refused]))).toBe(false);
  expect(isOwnFailure(new AggregateError([]))).toBe(false);
});

test.each([
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', true],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', true],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', true],
  ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', true],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', true],
  ['ERR_SSL_WRONG_VERSION_NUMBER', false],
  ['ECONNRESET', false],
])('%s is an alert of the other side: %s', (code, alert) => {
  expect(isTlsAlert(coded(code))).toBe(alert);
});

test.each([
  ['a message as it is', refused, 'connect ECONNREFUSED 127.0.0.1:1'],
  [
    'the code that the message lacks',
    coded('CERT_HAS_EXPIRED', 'certificate has expired'),
    'certificate has expired (CERT_HAS_EXPIRED)',
  ],
  ["undici's codes left out", coded('UND_ERR_SOCKET', 'other side closed'), 'other side closed'],
  ['the code alone', coded('EPIPE'), 'EPIPE'],
  [
    "OpenSSL's reason",
    Object.assign(coded('ERR_SSL_X', 'C0:error:0A:SSL routines::../x.c:354:\n'), { reason: 'wrong version number' }),
    'TLS: wrong version number (ERR_SSL_X)',
  ],
  [
    'each of several errors once',
    new AggregateError([refused, refused, coded('ENETUNREACH')]),
    'connect ECONNREFUSED 127.0.0.1:1, ENETUNREACH',
  ],
  ['what is no error', 'text', 'text'],
  ['line breaks as blanks', new Error('one\r\n two\n'), 'one two'],
])('describes an error by %s', (_, error, text) => {
  expect(describeError(error)).toBe(text);
});

test('a huge message is cut off', () => {
  expect(describeError(new Error('x'.repeat(100_000)))).toHaveLength(300);
});
