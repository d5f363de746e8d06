import { describe, expect, it } from 'vitest';
import { createReloader } from '../../src/app/reloader.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import type { Config } from '../../src/config/settings.ts';
import { zeroConfig } from '../../src/config/zero-config.ts';
import { createMemoryLog } from '../helpers/log.ts';

const GOOD = zeroConfig({ nodeName: 'a' }, 'machine').config;

/** A reloader whose loads are answered one after another by hand. */
function setUp() {
  const loads: { give(config: Config): void; fail(error: Error): void }[] = [];
  const applied: Config[] = [];
  const loaded: boolean[] = [];
  const log = createMemoryLog();
  const reload = createReloader({
    load: () => new Promise((resolve, reject) => loads.push({ give: resolve, fail: reject })),
    apply: async (config) => void applied.push(config),
    onLoaded: (isSuccess) => void loaded.push(isSuccess),
    log,
  });
  return { reload, loads, applied, loaded, log };
}

describe('a reloader', () => {
  it('puts a good configuration in force', async () => {
    const { reload, loads, applied, loaded } = setUp();
    const done = reload();
    loads[0]?.give(GOOD);
    expect(await done).toEqual([]);
    expect(applied).toEqual([GOOD]);
    expect(loaded).toEqual([true]);
  });

  it('warns of maintenance that names a node that is not there', async () => {
    const { reload, loads, log } = setUp();
    const done = reload();
    const time = { kind: 'once', fromMs: 0, toMs: 1 } as const;
    loads[0]?.give({ ...GOOD, maintenance: [{ name: 'm', nodes: ['b'], clusters: [], time }] });
    expect(await done).toEqual([]);
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'configuration reloaded'],
      ['warn', 'maintenance[0].nodes (m): no node of the configuration is called b; did you mean a?'],
    ]);
  });

  it('keeps the one before when the new one is bad, and tells why', async () => {
    const { reload, loads, applied, loaded, log } = setUp();
    const done = reload();
    loads[0]?.fail(new ConfigError(['a.yml:1:1: bad']));
    expect(await done).toEqual(['a.yml:1:1: bad']);
    expect(applied).toEqual([]);
    expect(loaded).toEqual([false]);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
  });

  it('lets any number of calls during one share the next, which reads what there is then', async () => {
    const { reload, loads, applied } = setUp();
    const first = reload();
    const others = Array.from({ length: 100 }, () => reload());
    loads[0]?.give(GOOD);
    await first;
    await new Promise((resolve) => setImmediate(resolve));
    expect(loads).toHaveLength(2);
    loads[1]?.give(GOOD);
    expect(new Set(await Promise.all(others)).size).toBe(1);
    expect(applied).toHaveLength(2);
  });

  it('reloads again after a bug of its own, which is not swallowed', async () => {
    const { reload, loads, loaded } = setUp();
    const done = reload();
    const next = reload();
    loads[0]?.fail(new TypeError('a bug'));
    await expect(done).rejects.toThrow('a bug');
    await new Promise((resolve) => setImmediate(resolve));
    loads[1]?.give(GOOD);
    expect(await next).toEqual([]);
    expect(loaded).toEqual([false, true]);
  });
});
