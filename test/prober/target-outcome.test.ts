import { expect, test } from 'vitest';
import { attemptMeans, mergeOutcomes, type TargetOutcome } from '../../src/prober/target-outcome.ts';

function coded(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

const ok: TargetOutcome = { kind: 'ok', certNotAfterMs: undefined };
const refused: TargetOutcome = { kind: 'failed', reason: 'refused', detail: '' };
const timeout: TargetOutcome = { kind: 'failed', reason: 'timeout', detail: '' };
const reset: TargetOutcome = { kind: 'failed', reason: 'reset', detail: '' };
const own: TargetOutcome = { kind: 'own_failure', error: coded('EMFILE') };

test.each([
  ['an end of the certificate', { kind: 'ok', certNotAfterMs: 5 }, { kind: 'ok', certNotAfterMs: 5 }],
  ['a timeout', { kind: 'timeout' }, { kind: 'failed', reason: 'timeout', detail: 'no connection within 3 s' }],
  ['a refusal', { kind: 'error', error: coded('ECONNREFUSED') }, { reason: 'refused', detail: 'connect ECONNREFUSED' }],
  ['an unknown error', { kind: 'error', error: coded('E_NEW') }, { reason: 'other', detail: 'connect E_NEW' }],
  ['no descriptors', { kind: 'error', error: coded('EMFILE') }, { kind: 'own_failure' }],
] as const)('says what %s means', (_, found, outcome) => {
  expect(attemptMeans(found, 3000)).toMatchObject(outcome);
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
