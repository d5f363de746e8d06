import type { NodeSettings } from '../config/settings.ts';
import type { Clock } from '../domain/clock.ts';
import type { ConnectResult, HealthResult } from '../domain/evidence.ts';
import type { Log } from '../domain/log.ts';
import type { ProbeUpdate } from '../domain/record.ts';
import { createStopper, type StopSignal } from '../domain/stop-signal.ts';
import { type ConnectTarget, connectTargets } from '../domain/view.ts';
import { createLoopLog } from './loop-log.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import { createTicker, phaseOffset, type Ticker } from './ticker.ts';

/** Probes the health endpoint of one node. */
export interface HealthProber {
  /** One probe within the node's own deadline; what happened is the result. */
  probe(signal: StopSignal): Promise<HealthResult>;
}

/** Probes the ports of a node's processes. */
export interface ConnectProber {
  /** One sweep; a target without a result could not be tried for reasons of our own. */
  probe(targets: readonly ConnectTarget[], signal: StopSignal): Promise<ReadonlyMap<string, ConnectResult>>;
}

/** Looks a host name up; rejects when it has no address. */
type Lookup = (name: string) => Promise<readonly string[]>;

/** The lookups of one node: the probes of one cycle use the same addresses. */
export interface NodeLookup {
  readonly forHealth: Lookup;
  readonly forConnects: Lookup;
}

/** Creates the probers of a node, and the lookup that they share. */
export interface ProberFactory {
  lookup(settings: NodeSettings): NodeLookup;
  health(settings: NodeSettings, lookup: NodeLookup): HealthProber;
  connect(settings: NodeSettings, lookup: NodeLookup): ConnectProber;
}

/** What a node's loop works with. */
export interface NodeLoopDeps {
  readonly store: SnapshotStore;
  readonly probers: ProberFactory;
  readonly clock: Clock;
  readonly log: Log;
  readonly onMissedTicks: (ticks: number) => void;
  readonly onInternalError: () => void;
}

/** The probing of one node on its schedule. */
export interface NodeLoop {
  readonly settings: NodeSettings;
  start(): void;
  /** Resolves when all running work of the loop has ended. */
  stop(): Promise<void>;
  /** Whether a first probe has finished. */
  isReady(): boolean;
  /** How far the loop is behind at `nowMs`, monotonic milliseconds. */
  lateMs(nowMs: number): number;
}

/** A loop for one node: health and connects each in their interval, so that a hung port never delays a health probe. */
export function createNodeLoop(settings: NodeSettings, deps: NodeLoopDeps): NodeLoop {
  const { node } = settings;
  const { store, probers, clock, log, onMissedTicks, onInternalError } = deps;
  const stopping = createStopper();
  const lookup = probers.lookup(settings);
  const healthProber = node.healthEnabled ? probers.health(settings, lookup) : undefined;
  const connectProber = node.connectProcesses === 'none' ? undefined : probers.connect(settings, lookup);
  const loopLog = createLoopLog(log, { clock });
  let isReady = false;

  function record(update: ProbeUpdate): void {
    if (stopping.signal.aborted) return;
    const recorded = store.record(node.name, update);
    if (recorded !== undefined) loopLog.recorded(recorded);
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      onInternalError();
      log.error({ node: node.name, err: error }, 'probe cycle threw');
    }
  }

  async function probeHealth(prober: HealthProber): Promise<void> {
    record({ health: await prober.probe(stopping.signal) });
    if (!isReady && !stopping.signal.aborted && waitsForReport) connects?.start();
    isReady = true;
  }

  async function probeConnects(prober: ConnectProber): Promise<void> {
    const view = store.view(node.name);
    const targets = view === undefined ? [] : connectTargets(view);
    if (targets.length > 0) record({ connects: await prober.probe(targets, stopping.signal) });
    if (healthProber === undefined) isReady = true;
  }

  function ticker(intervalMs: number, expectedRunMs: number, work: () => Promise<void>): Ticker {
    const offsetMs = phaseOffset(node.name, intervalMs);
    const run = (): Promise<void> => guarded(work);
    return createTicker({ intervalMs, expectedRunMs, offsetMs, run, onMissed: onMissedTicks }, { clock });
  }

  const health = healthProber && ticker(node.intervalMs, settings.health.timeoutMs, () => probeHealth(healthProber));
  const connects =
    connectProber && ticker(node.connectIntervalMs, settings.connectTimeoutMs, () => probeConnects(connectProber));
  // Ports that only an answer names are not known before the first one.
  const waitsForReport = node.connectProcesses === 'all' && health !== undefined;

  function start(): void {
    health?.start();
    if (!waitsForReport) connects?.start();
  }

  async function stop(): Promise<void> {
    stopping.stop();
    await Promise.all([health?.stop(), connects?.stop()]);
  }

  function lateMs(nowMs: number): number {
    return (health ?? connects)?.lateMs(nowMs) ?? 0;
  }

  return { settings, start, stop, isReady: () => isReady, lateMs };
}
