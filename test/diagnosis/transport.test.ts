import { expect, it } from 'vitest';
import { diagnoseTransport, type SeenTransport } from '../../src/diagnosis/transport.ts';

const SEEN: SeenTransport = {
  reason: 'refused',
  phase: 'connect',
  target: 'node.test:4569',
  address: '10.0.0.5:4569',
  problem: 'why',
  timeoutMs: 5000,
  bodyBytes: 12,
};

it.each<[Partial<SeenTransport>, hint: string, text: string]>([
  [{}, 'connection-refused', '10.0.0.5:4569 refuses connections: nothing listens there (why)'],
  [{ address: undefined }, 'connection-refused', 'node.test:4569 refuses connections: nothing listens there (why)'],
  [{ reason: 'unreachable' }, 'no-route', 'no way to 10.0.0.5:4569 (why)'],
  [{ reason: 'timeout' }, 'connect-timeout', 'no connection to 10.0.0.5:4569 within 5 s'],
  [{ reason: 'timeout', phase: 'secrets' }, 'connect-timeout', 'no connection to 10.0.0.5:4569 within 5 s'],
  [{ reason: 'timeout', phase: 'tls' }, 'tls-timeout', '10.0.0.5:4569 accepts, and no TLS handshake within 5 s'],
  [
    { reason: 'timeout', phase: 'answer' },
    'answer-timeout',
    '10.0.0.5:4569 accepts, and no complete answer within 5 s',
  ],
  [
    { reason: 'timeout', phase: 'body' },
    'body-timeout',
    '10.0.0.5:4569 answers, and no complete answer within 5 s: 12 bytes of the body came',
  ],
  [
    { reason: 'dns', phase: 'lookup', problem: '' },
    'resolver-fails',
    'the lookup of node.test failed: no answer within 5 s',
  ],
  [
    { reason: 'dns', problem: 'getaddrinfo EAI_AGAIN' },
    'resolver-fails',
    'the lookup of node.test failed: getaddrinfo EAI_AGAIN',
  ],
  [
    { reason: 'dns', problem: 'getaddrinfo ENOTFOUND node.test' },
    'name-not-found',
    'no such name: node.test (getaddrinfo ENOTFOUND node.test)',
  ],
  [
    { reason: 'reset', phase: 'answer' },
    'closed-before-answer',
    '10.0.0.5:4569 closed the connection before the answer (why)',
  ],
  [
    { reason: 'reset', phase: 'body' },
    'closed-in-body',
    '10.0.0.5:4569 closed the connection within the body, after 12 bytes (why)',
  ],
  [
    { reason: 'tls', problem: 'wrong version number' },
    'speaks-no-tls',
    '10.0.0.5:4569: the port does not speak TLS; set scheme: http (wrong version number)',
  ],
  [
    { reason: 'tls', problem: 'CERT_HAS_EXPIRED' },
    'certificate-expired',
    '10.0.0.5:4569: its certificate has expired (CERT_HAS_EXPIRED)',
  ],
  [
    { reason: 'tls', problem: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    'certificate-other-name',
    '10.0.0.5:4569: its certificate is for another name; set tls_config.server_name (ERR_TLS_CERT_ALTNAME_INVALID)',
  ],
  [
    { reason: 'tls', problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    'certificate-untrusted',
    '10.0.0.5:4569: its certificate is signed by an unknown authority; set tls_config.ca_file (DEPTH_ZERO_SELF_SIGNED_CERT)',
  ],
  [
    { reason: 'tls', problem: 'tlsv13 alert certificate required' },
    'client-certificate-wanted',
    '10.0.0.5:4569: it refuses our side; does it want a client certificate? (tlsv13 alert certificate required)',
  ],
  [{ reason: 'tls' }, 'tls-failed', '10.0.0.5:4569: the TLS handshake failed (why)'],
  [{ reason: 'other', problem: 'proxy: the proxy answered 403' }, 'proxy-refuses', 'proxy: the proxy answered 403'],
  [{ reason: 'other' }, 'broken-http', '10.0.0.5:4569: why'],
])('says of %j %s', (changes, hint, text) => {
  expect(diagnoseTransport({ ...SEEN, ...changes })).toEqual({ hint, text });
});
