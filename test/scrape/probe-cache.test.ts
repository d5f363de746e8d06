import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createProbeCache } from '../../src/scrape/probe-cache.ts';

function setUp(options: { readonly maxKept?: number; readonly maxAdHoc?: number } = {}) {
  const clock = { nowMs: 0, monotonicMs: () => clock.nowMs, wallMs: () => 0 };
  const cache = createProbeCache<string>({ minIntervalMs: 5000, maxKept: 10, maxAdHoc: 2, ...options }, { clock });
  const seen = { probes: 0 };
  const probe = async (isKept = true) => {
    seen.probes += 1;
    return { value: `result ${seen.probes}`, isKept };
  };
  const ask = (key: string, isKept = true) => cache.ask({ key, isAdHoc: false }, () => probe(isKept));
  return { clock, cache, seen, ask };
}

/** A probe that ends when it is told to. */
function pending() {
  const told = new EventEmitter();
  async function probe() {
    const [value] = await once(told, 'end');
    return { value: String(value), isKept: true };
  }
  return { probe, end: (value: string) => told.emit('end', value), fail: () => told.emit('error', new Error('no')) };
}

describe('the results of probes', () => {
  it('are shared by all who ask at the same time for the same', async () => {
    const { ask, seen } = setUp();
    const answers = await Promise.all([ask('a'), ask('a'), ask('b'), ask('a')]);
    expect(answers).toEqual(['result 1', 'result 1', 'result 2', 'result 1']);
    expect(seen.probes).toBe(2);
  });

  it('are served again while they are younger than the interval', async () => {
    const { ask, clock } = setUp();
    await ask('a');
    clock.nowMs = 4999;
    expect(await ask('a')).toBe('result 1');
    clock.nowMs = 5000;
    expect(await ask('a')).toBe('result 2');
  });

  it('are not served again when they are not worth it', async () => {
    const { ask } = setUp();
    await ask('a', false);
    expect(await ask('a')).toBe('result 2');
  });

  it('are forgotten from the oldest on when there are too many', async () => {
    const { ask } = setUp({ maxKept: 2 });
    for (const key of ['a', 'b', 'c']) await ask(key);
    expect(await ask('c')).toBe('result 3');
    expect(await ask('b')).toBe('result 2');
    expect(await ask('a')).toBe('result 4');
  });

  it('are asked for again after a probe that threw, at once or later', async () => {
    const { cache, ask } = setUp();
    const wanted = { key: 'a', isAdHoc: true };
    const thrower = (): never => {
      throw new Error('no');
    };
    for (const bad of [thrower, () => Promise.reject(new Error('no'))]) {
      for (const _ of [1, 2, 3]) await expect(cache.ask(wanted, bad)).rejects.toThrow('no');
    }
    expect(await ask('a')).toBe('result 1');
  });
});

describe('ad-hoc probes', () => {
  it('are refused while too many are under way, and no others are', async () => {
    const { cache, ask } = setUp();
    const [first, second] = [pending(), pending()];
    const a = cache.ask({ key: 'a', isAdHoc: true }, first.probe);
    const b = cache.ask({ key: 'b', isAdHoc: true }, second.probe);
    expect(cache.ask({ key: 'c', isAdHoc: true }, second.probe)).toBe('busy');
    expect(await ask('node')).toBe('result 1');
    const sharing = cache.ask({ key: 'a', isAdHoc: true }, second.probe);
    first.end('done');
    expect(await Promise.all([a, sharing])).toEqual(['done', 'done']);
    expect(await cache.ask({ key: 'c', isAdHoc: true }, async () => ({ value: 'free', isKept: true }))).toBe('free');
    second.fail();
    await expect(b).rejects.toThrow('no');
    const after = ['d', 'e'].map((key) => cache.ask({ key, isAdHoc: true }, pending().probe));
    expect(after).not.toContain('busy');
    expect(cache.ask({ key: 'f', isAdHoc: true }, pending().probe)).toBe('busy');
  });
});
