import { expect, test } from 'vitest';
import type { AttemptOutcome } from '../../src/prober/connect-attempt.ts';
import { attemptMeans, lookupMeans, mergeOutcomes, type TargetOutcome } from '../../src/prober/target-outcome.ts';

function coded(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

const ok: TargetOutcome = { kind: 'ok', certNotAfterMs: undefined };
const refused: TargetOutcome = { kind: 'failed', reason: 'refused', detail: '', hint: undefined };
const timeout: TargetOutcome = { kind: 'failed', reason: 'timeout', detail: '', hint: undefined };
const reset: TargetOutcome = { kind: 'failed', reason: 'reset', detail: '', hint: undefined };
const own: TargetOutcome = { kind: 'own_failure', error: coded('EMFILE') };

const TRIED = { host: 'node.test', port: 9017, address: '10.0.0.5', timeoutMs: 3000 };

test.each<[string, AttemptOutcome, object]>([
  ['an end of the certificate', { kind: 'ok', certNotAfterMs: 5 }, { kind: 'ok', certNotAfterMs: 5 }],
  [
    'a timeout',
    { kind: 'timeout', phase: 'connect' },
    { kind: 'failed', reason: 'timeout', hint: 'connect-timeout', detail: 'no connection to 10.0.0.5:9017 within 3 s' },
  ],
  [
    'a refusal',
    { kind: 'error', phase: 'connect', error: coded('ECONNREFUSED') },
    {
      reason: 'refused',
      hint: 'connection-refused',
      detail: '10.0.0.5:9017 refuses connections: nothing listens there (connect ECONNREFUSED)',
    },
  ],
  [
    'an unknown error',
    { kind: 'error', phase: 'connect', error: coded('E_NEW') },
    { reason: 'other', hint: undefined, detail: '10.0.0.5:9017: connect E_NEW' },
  ],
  ['no descriptors', { kind: 'error', phase: 'connect', error: coded('EMFILE') }, { kind: 'own_failure' }],
])('says what %s means', (_, found, outcome) => {
  expect(attemptMeans(found, TRIED)).toMatchObject(outcome);
});

test.each<[string, object]>([
  ['ENOTFOUND', { reason: 'dns', hint: 'name-not-found', detail: 'no such name: node.test (connect ENOTFOUND)' }],
  ['EAI_AGAIN', { reason: 'dns', hint: 'resolver-fails', detail: 'the lookup of node.test failed: connect EAI_AGAIN' }],
  ['EMFILE', { kind: 'own_failure' }],
])('says what a lookup that fails with %s means', (code, outcome) => {
  expect(lookupMeans(coded(code), TRIED)).toMatchObject(outcome);
});

test.each([
  ['the first alone', undefined, refused, refused],
  ['refused twice', refused, refused, refused],
  ['accepted after a refusal', refused, ok, ok],
  ['accepted after a failure of our own', own, ok, ok],
  ['refused after a timeout', timeout, refused, timeout],
  ['a timeout after a refusal', refused, timeout, timeout],
  ['the last of two unclear ones', timeout, reset, reset],
  ['refused after a failure of our own', own, refused, own],
  ['a timeout after a failure of our own', own, timeout, own],
  ['a failure of our own after a refusal', refused, own, own],
])('of two addresses: %s', (_, before, now, together) => {
  expect(mergeOutcomes(before, now)).toBe(together);
});
