import { describe, expect, it } from 'vitest';
import type { NodeSettings } from '../../src/config/settings.ts';
import type { ConnectResult, HealthResult } from '../../src/domain/evidence.ts';
import type { GenesisNode } from '../../src/domain/node.ts';
import type { ConnectTarget } from '../../src/domain/view.ts';
import type { NodeLookup } from '../../src/scrape/node-loop.ts';
import { probeOnce } from '../../src/scrape/probe-once.ts';
import type { Resolution } from '../../src/scrape/probe-once-steps.ts';
import { parsed } from '../config/parsed.ts';
import { aReport, declare, failed, good } from '../domain/builders.ts';
import { NEVER } from '../helpers/prober-options.ts';

const [CONFIGURED] = parsed('nodes: [{name: a, address: 10.0.0.5}]').nodes;

interface Given {
  readonly node?: Partial<GenesisNode>;
  readonly health?: (nowMs: number) => HealthResult;
  /** How long the health endpoint takes. */
  readonly healthMs?: number;
  readonly connects?: (target: ConnectTarget) => ConnectResult['outcome'] | undefined;
  readonly resolution?: Resolution;
}

/** One probe on a clock of its own, and what it did on the way. */
async function probed({ node, health, healthMs = 0, connects = () => 'ok', resolution }: Given) {
  if (CONFIGURED === undefined) throw new Error('no node');
  const settings: NodeSettings = { ...CONFIGURED, node: { ...CONFIGURED.node, ...node } };
  const clock = { nowMs: 1000, monotonicMs: () => clock.nowMs, wallMs: () => clock.nowMs + 1_000_000 };
  const seen = {
    health: [] as NodeSettings[],
    lookups: [] as NodeLookup[],
    sweeps: [] as string[][],
    timeoutsMs: [] as number[],
  };
  const outcome = await probeOnce(
    { settings, timeoutMs: 4000, signal: NEVER, resolve: resolution && (async () => resolution) },
    {
      clock,
      probers: {
        lookup: () => ({ forHealth: async () => ['10.0.0.9'], forConnects: async () => ['10.0.0.9'] }),
        health: (given, lookup) => {
          seen.health.push(given);
          seen.lookups.push(lookup);
          return {
            probe: async () => {
              const startedMs = clock.nowMs;
              clock.nowMs += healthMs;
              return health?.(startedMs) ?? good(startedMs, aReport('ROUTER'));
            },
          };
        },
        connect: ({ connectTimeoutMs }) => ({
          probe: async (targets) => {
            seen.sweeps.push(targets.map(({ process, host, port }) => `${process} ${host}:${port}`));
            seen.timeoutsMs.push(connectTimeoutMs);
            const timing = { startedMs: clock.nowMs, finishedAtMs: clock.wallMs(), durationMs: 5 };
            const results = targets.flatMap((target): [string, ConnectResult][] => {
              const found = connects(target);
              if (found === undefined) return [];
              const { host, port, process } = target;
              return [[process, { host, port, outcome: found, detail: '', certNotAfterMs: undefined, timing }]];
            });
            return new Map(results);
          },
        }),
      },
    },
  );
  const report = outcome.kind === 'report' ? outcome.report : undefined;
  const steps = report?.steps.map(({ atMs, text }) => `${atMs} ${text}`);
  return { outcome, report, steps, seen };
}

describe('a probe on demand', () => {
  it('judges what the health endpoint answers now', async () => {
    const { report, steps, seen } = await probed({ healthMs: 20 });
    expect(report).toMatchObject({ isSuccess: true, durationMs: 20 });
    expect(report?.view).toMatchObject({ health: 'good', reason: undefined, processes: [{ name: 'ROUTER' }] });
    expect(steps).toEqual([
      '0 GET http://10.0.0.5:4569/health/status, at most 4000 ms',
      '20 answered 200, processes: 1',
    ]);
    expect(seen).toMatchObject({ sweeps: [] });
  });

  it('is no success when the endpoint fails, and none when nothing was understood', async () => {
    const { report, steps } = await probed({ health: failed });
    expect(report).toMatchObject({ isSuccess: false, view: { health: 'failed', reason: 'health_unavailable' } });
    expect(steps?.at(-1)).toBe('0 failed (refused): connect 10.0.0.5:4569 refused');
  });

  it('connects to declared processes meanwhile, with what is left of the time', async () => {
    const node = { declared: declare({ name: 'ROUTER', port: 9017 }, { name: 'OFF', expected: false }) };
    const health = (ms: number) => good(ms, aReport('ROUTER', { port: 9017 }));
    const { report, steps, seen } = await probed({ node, health, connects: () => 'refused' });
    expect(seen.sweeps).toEqual([['ROUTER 10.0.0.5:9017']]);
    expect(seen.timeoutsMs).toEqual([3000]);
    expect(report?.view.processes).toMatchObject([{ name: 'ROUTER', status: 'DOWN', reason: 'connect_failed' }]);
    expect(steps).toContain('0 ROUTER: connecting to 10.0.0.5:9017');
    expect(steps).toContain('0 ROUTER: connect 10.0.0.5:9017 refused, 5.0 ms');
  });

  it('connects again where the answer names another port', async () => {
    const node = { declared: declare({ name: 'ROUTER', port: 1 }, { name: 'OTHER', port: 2 }) };
    const health = (ms: number) => good(ms, aReport('ROUTER', { port: 9 }), aReport('OTHER', { port: 2 }));
    const { report, seen } = await probed({ node, health, healthMs: 3000 });
    expect(seen.sweeps).toEqual([['ROUTER 10.0.0.5:1', 'OTHER 10.0.0.5:2'], ['ROUTER 10.0.0.5:9']]);
    expect(seen.timeoutsMs.at(-1)).toBe(900);
    expect(report?.view.processes.map(({ connect }) => connect?.port)).toEqual([9, 2]);
  });

  it('connects to every process of the answer when the node wants all', async () => {
    const { seen } = await probed({ node: { connectProcesses: 'all' } });
    expect(seen.sweeps).toEqual([['ROUTER 10.0.0.5:9000']]);
  });

  it('judges by connects alone with health off', async () => {
    const node = { healthEnabled: false, declared: declare({ name: 'A' }, { name: 'B' }) };
    for (const [outcome, isSuccess] of [
      ['ok', true],
      ['timeout', false],
      [undefined, false],
    ] as const) {
      const { report, seen } = await probed({ node, connects: () => outcome });
      expect(report?.isSuccess).toBe(isSuccess);
      expect(seen.health).toEqual([]);
    }
  });
});

describe('the name of a target', () => {
  it('is resolved first, and only its addresses are connected to', async () => {
    const addresses = ['10.0.0.5', '10.0.0.6'];
    const { steps, seen } = await probed({ resolution: { kind: 'addresses', addresses } });
    expect(await seen.lookups[0]?.forHealth('10.0.0.5')).toEqual(addresses);
    expect(await seen.lookups[0]?.forConnects('10.0.0.5')).toEqual(addresses);
    expect(steps?.slice(0, 2)).toEqual([
      '0 looked up: 10.0.0.5, 10.0.0.6',
      '0 GET http://10.0.0.5:4569/health/status, at most 4000 ms',
    ]);
  });

  it('that has an address which is not admitted ends the probe', async () => {
    const { outcome, seen } = await probed({ resolution: { kind: 'refused', addresses: ['127.0.0.1'] } });
    expect(outcome).toEqual({ kind: 'refused', addresses: ['127.0.0.1'] });
    expect(seen.health).toEqual([]);
  });

  it('that is not known is a target that is down', async () => {
    const { report, steps, seen } = await probed({
      resolution: { kind: 'failed', reason: 'dns', detail: 'ENOTFOUND', hint: 'name-not-found' },
    });
    expect(report).toMatchObject({ isSuccess: false, view: { reason: 'health_unavailable' } });
    expect(report?.view.snapshot.health).toMatchObject({
      reason: 'dns',
      hint: 'name-not-found',
      detail: 'health endpoint http://10.0.0.5:4569/health/status: ENOTFOUND',
    });
    expect(steps).toEqual(['0 lookup failed (dns): ENOTFOUND']);
    expect(seen.health).toEqual([]);
  });
});

it('rejects when a prober throws', async () => {
  const health = (): never => {
    throw new Error('a bug');
  };
  await expect(probed({ health })).rejects.toThrow('a bug');
});
