import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NodeSettings } from '../../src/config/settings.ts';
import type { GenesisNode } from '../../src/domain/node.ts';
import type { StopSignal } from '../../src/domain/stop-signal.ts';
import type { HealthProber, NodeLoopDeps } from '../../src/scrape/node-loop.ts';
import { createScrapeManager } from '../../src/scrape/scrape-manager.ts';
import { createSnapshotStore } from '../../src/scrape/snapshot-store.ts';
import { aNode, aReport, connected, declare, failed, good } from '../domain/builders.ts';
import { createMemoryLog } from '../helpers/log.ts';

const clock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };
const http = {
  basicAuth: undefined,
  authorization: undefined,
  headers: [],
  proxy: undefined,
  tls: {
    ca: undefined,
    cert: undefined,
    key: undefined,
    serverName: undefined,
    insecureSkipVerify: false,
    minVersion: undefined,
    maxVersion: undefined,
  },
};

function settings(node: Partial<GenesisNode> = {}): NodeSettings {
  const health = { url: 'http://127.0.0.1:1/', timeoutMs: 500, maxBodyBytes: 1000, maxProcesses: 10, http };
  return {
    node: aNode({ intervalMs: 1000, connectIntervalMs: 1000, ...node }),
    health,
    connectTimeoutMs: 500,
    module: 'default',
    urlUser: undefined,
    genesisHome: undefined,
    isHealthPortDefault: false,
    homeHealthPort: undefined,
  };
}

type Probe = (name: string, signal: StopSignal) => ReturnType<HealthProber['probe']>;

const answersUp: Probe = async () => good(performance.now(), aReport('ROUTER'));
const hangs: Probe = (_name, signal) =>
  new Promise((resolve) => {
    const result = failed(performance.now());
    const end = (): void => {
      signal.removeEventListener('abort', end);
      clearTimeout(timer);
      resolve(result);
    };
    const timer = setTimeout(end, 500);
    signal.addEventListener('abort', end);
  });

function setUp(probe: Probe, connect: () => ReturnType<typeof connected> = () => connected(performance.now(), 'ok')) {
  const log = createMemoryLog();
  const store = createSnapshotStore({ clock });
  const seen = { probes: [] as string[], connects: [] as string[][], missed: 0, errors: 0 };
  const deps: NodeLoopDeps = {
    store,
    clock,
    log,
    onMissedTicks: (ticks) => {
      seen.missed += ticks;
    },
    onInternalError: () => {
      seen.errors += 1;
    },
    probers: {
      lookup: () => ({ forHealth: async () => ['127.0.0.1'], forConnects: async () => ['127.0.0.1'] }),
      health: ({ node }) => ({
        probe: (signal) => {
          seen.probes.push(node.name);
          return probe(node.name, signal);
        },
      }),
      connect: () => ({
        probe: async (targets) => {
          seen.connects.push(targets.map(({ process }) => process));
          return new Map(targets.map(({ process }) => [process, connect()]));
        },
      }),
    },
  };
  return { manager: createScrapeManager(deps), store, log, seen };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the scrape manager', () => {
  it('probes every node at once, and is ready when each has finished a probe', async () => {
    const { manager, store, seen } = setUp(answersUp);
    expect(manager.isReady()).toBe(false);
    manager.apply([settings({ name: 'a' }), settings({ name: 'b' })]);
    expect(manager.isReady()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.probes).toEqual(['a', 'b']);
    expect(manager.isReady()).toBe(true);
    expect(store.views().map(({ reason }) => reason)).toEqual([undefined, undefined]);
    await manager.stop();
  });

  it('has two timers for each node, of its health and of its connects, and one for all', async () => {
    const { manager } = setUp(answersUp);
    manager.apply(['a', 'b', 'c'].map((name) => settings({ name, connectProcesses: 'all' })));
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBe(7);
    await manager.stop();
  });

  it('delays no healthy node because 200 others hang', async () => {
    const { manager, seen } = setUp((name, signal) => (name === 'well' ? answersUp : hangs)(name, signal));
    const hanging = Array.from({ length: 200 }, (_, i) => settings({ name: `hangs-${i}` }));
    manager.apply([...hanging, settings({ name: 'well' })]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(seen.probes.filter((name) => name === 'well').length).toBeGreaterThanOrEqual(5);
    expect(seen.missed).toBe(0);
    await manager.stop();
  });

  it('survives a prober that throws: counted, logged, and the next tick goes on', async () => {
    let calls = 0;
    const { manager, store, seen, log } = setUp(async (name, signal) => {
      calls += 1;
      if (calls <= 2) throw new Error('a bug');
      return answersUp(name, signal);
    });
    manager.apply([settings()]);
    await vi.advanceTimersByTimeAsync(4000);
    expect(seen.errors).toBe(2);
    expect(log.lines.filter(({ message }) => message === 'probe cycle threw')).toHaveLength(2);
    expect(store.views()[0]?.reason).toBeUndefined();
    await manager.stop();
  });

  it('beats every second, and not while a loop is stuck', async () => {
    const { manager } = setUp(() => new Promise(() => undefined));
    manager.apply([settings()]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(performance.now() - manager.heartbeat().monotonicMs).toBeLessThanOrEqual(1000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(performance.now() - manager.heartbeat().monotonicMs).toBeGreaterThan(30_000);
  });

  it('waits at its stop for the probes under way', async () => {
    const { manager, store } = setUp(hangs);
    manager.apply([settings()]);
    await vi.advanceTimersByTimeAsync(10);
    await manager.stop();
    expect(store.views()[0]?.reason).toBe('pending');
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });

  it('leaves unchanged nodes alone, and replaces those whose settings changed', async () => {
    const { manager, seen, store } = setUp(answersUp);
    manager.apply([settings({ name: 'a' }), settings({ name: 'b' })]);
    await vi.advanceTimersByTimeAsync(1);
    manager.apply([settings({ name: 'a' }), settings({ name: 'b', intervalMs: 2000 }), settings({ name: 'c' })]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.probes).toEqual(['a', 'b', 'b', 'c']);
    expect(store.views().map(({ snapshot }) => [snapshot.node.name, snapshot.healthCounts.finished])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ]);
    await manager.stop();
  });
});

describe('connect probes of a node', () => {
  it('go to declared processes alone unless all are wanted', async () => {
    const { manager, seen } = setUp(async () => good(performance.now(), aReport('ROUTER'), aReport('NOTIFY')));
    manager.apply([settings({ declared: declare({ name: 'NOTIFY' }) })]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.connects).toEqual([['NOTIFY']]);
    await manager.stop();
  });

  it('start right after the first answer when all reported processes are wanted', async () => {
    const { manager, seen, store } = setUp(answersUp, () => connected(performance.now(), 'refused'));
    manager.apply([settings({ connectProcesses: 'all' })]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.connects).toEqual([['ROUTER']]);
    expect(store.views()[0]?.processes).toMatchObject([{ status: 'DOWN', reason: 'connect_failed' }]);
    await manager.stop();
  });

  it('have an interval of their own', async () => {
    const { manager, seen } = setUp(answersUp);
    manager.apply([settings({ declared: declare({ name: 'ROUTER' }), connectIntervalMs: 5000 })]);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(seen.connects.length).toBe(3);
    expect(seen.probes.length).toBe(11);
    await manager.stop();
  });

  it('make a node ready when it has no health probe', async () => {
    const { manager, store } = setUp(hangs);
    manager.apply([settings({ healthEnabled: false, declared: declare({ name: 'ROUTER' }) })]);
    await vi.advanceTimersByTimeAsync(1);
    expect(manager.isReady()).toBe(true);
    expect(store.views()[0]?.processes).toMatchObject([{ status: 'UP', reason: undefined }]);
    await manager.stop();
  });
});
