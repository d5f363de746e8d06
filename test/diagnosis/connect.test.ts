import { expect, it } from 'vitest';
import { diagnoseConnect, type SeenConnect } from '../../src/diagnosis/connect.ts';

const SEEN: SeenConnect = {
  reason: 'refused',
  phase: 'connect',
  target: 'node.test:9017',
  address: '10.0.0.5:9017',
  problem: 'why',
  timeoutMs: 5000,
};

it.each<[Partial<SeenConnect>, hint: string | undefined, detail: string]>([
  [{}, 'connection-refused', '10.0.0.5:9017 refuses connections: nothing listens there (why)'],
  [{ reason: 'timeout' }, 'connect-timeout', 'no connection to 10.0.0.5:9017 within 5 s'],
  [{ reason: 'timeout', phase: 'tls' }, 'tls-timeout', '10.0.0.5:9017 accepts, and no TLS handshake within 5 s'],
  [{ reason: 'unreachable' }, 'no-route', 'no way to 10.0.0.5:9017 (why)'],
  [{ reason: 'reset' }, 'reset-at-connect', '10.0.0.5:9017 resets the connection attempt (why)'],
  [
    { reason: 'reset', phase: 'tls' },
    'closed-in-handshake',
    '10.0.0.5:9017 closed the connection within the TLS handshake (why)',
  ],
  [
    { reason: 'tls', phase: 'tls', problem: 'TLS: wrong version number' },
    'process-without-tls',
    '10.0.0.5:9017: the port does not speak TLS, and the process is configured with it (TLS: wrong version number)',
  ],
  [{ reason: 'tls', phase: 'tls' }, 'tls-failed', '10.0.0.5:9017: the TLS handshake failed (why)'],
  [
    { reason: 'dns', phase: 'lookup', address: undefined, problem: 'getaddrinfo ENOTFOUND node.test' },
    'name-not-found',
    'no such name: node.test (getaddrinfo ENOTFOUND node.test)',
  ],
  [
    { reason: 'dns', phase: 'lookup', address: undefined, problem: 'no answer within 5 s' },
    'resolver-fails',
    'the lookup of node.test failed: no answer within 5 s',
  ],
  [{ reason: 'other' }, undefined, '10.0.0.5:9017: why'],
  [{ reason: 'other', problem: 'a\nb\u202e' }, undefined, '10.0.0.5:9017: a\\nb\\u{202e}'],
])('says of %j %s', (changes, hint, detail) => {
  expect(diagnoseConnect({ ...SEEN, ...changes })).toEqual({ hint, detail });
});

it('is never longer than a line can bear', () => {
  const { detail } = diagnoseConnect({ ...SEEN, problem: 'x'.repeat(10_000) });
  expect(detail).toHaveLength(300);
});
