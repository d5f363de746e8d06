import { expect, test } from 'vitest';
import { resolveTarget } from '../../src/prober/target-resolver.ts';
import { NEVER } from '../helpers/prober-options.ts';

const isAdmitted = (address: string): boolean => address.startsWith('10.');

test.each([
  ['one address', ['10.0.0.5'], 'addresses'],
  ['several', ['10.0.0.5', '10.0.0.6'], 'addresses'],
  ['one that is not admitted', ['127.0.0.1'], 'refused'],
  ['one that is not admitted among others', ['10.0.0.5', '127.0.0.1'], 'refused'],
])('a name with %s', async (_, addresses, kind) => {
  expect(await resolveTarget('name', async () => addresses, isAdmitted, NEVER)).toEqual({ kind, addresses });
});

test.each([
  ['is not known', Object.assign(new Error('getaddrinfo ENOTFOUND name'), { code: 'ENOTFOUND' }), 'dns'],
  ['cannot be looked up for want of descriptors', Object.assign(new Error('too many'), { code: 'EMFILE' }), 'other'],
])('a name that %s', async (_, error, reason) => {
  const resolution = await resolveTarget('name', () => Promise.reject(error), isAdmitted, NEVER);
  expect(resolution).toMatchObject({ kind: 'failed', reason, detail: expect.stringContaining(error.message) });
});

test('a name whose lookup hangs is given up with the signal', async () => {
  const controller = new AbortController();
  const resolving = resolveTarget('name', () => new Promise(() => {}), isAdmitted, controller.signal);
  controller.abort();
  expect(await resolving).toEqual({
    kind: 'failed',
    reason: 'timeout',
    detail: 'the lookup of name failed: it took too long',
    hint: 'resolver-fails',
  });
});
