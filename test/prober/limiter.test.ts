import { expect, test } from 'vitest';
import { createLimiter } from '../../src/prober/limiter.ts';

function starter(log: string[], name: string): () => void {
  return () => log.push(name);
}

test('starts at once while slots are free', () => {
  const log: string[] = [];
  const limiter = createLimiter(2);
  for (const name of ['a', 'b', 'c']) limiter.acquire(starter(log, name));
  expect(log).toEqual(['a', 'b']);
});

test('serves who waits in the order of asking', () => {
  const log: string[] = [];
  const limiter = createLimiter(1);
  for (const name of ['a', 'b', 'c']) limiter.acquire(starter(log, name));
  limiter.release();
  expect(log).toEqual(['a', 'b']);
  limiter.release();
  expect(log).toEqual(['a', 'b', 'c']);
});

test('passes over who gave up waiting', () => {
  const log: string[] = [];
  const limiter = createLimiter(1);
  const impatient = starter(log, 'b');
  limiter.acquire(starter(log, 'a'));
  limiter.acquire(impatient);
  limiter.acquire(starter(log, 'c'));
  expect(limiter.cancel(impatient)).toBe(true);
  limiter.release();
  expect(log).toEqual(['a', 'c']);
});

test('cannot cancel what has started', () => {
  const limiter = createLimiter(1);
  const start = (): void => {};
  limiter.acquire(start);
  expect(limiter.cancel(start)).toBe(false);
});

test('a slot given back unused is free again', () => {
  const log: string[] = [];
  const limiter = createLimiter(1);
  limiter.acquire(starter(log, 'a'));
  limiter.release();
  limiter.acquire(starter(log, 'b'));
  limiter.acquire(starter(log, 'c'));
  expect(log).toEqual(['a', 'b']);
});
