import type { NodeSettings } from '../config/settings.ts';
import type { Clock } from '../domain/clock.ts';
import { type ProbeUpdate, recordUpdate } from '../domain/record.ts';
import { emptySnapshot } from '../domain/snapshot.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { type ConnectTarget, connectTargets, type NodeView, viewNode } from '../domain/view.ts';
import type { NodeLookup, ProberFactory } from './node-loop.ts';
import { createProbeSteps, type ProbeStep, type Resolution, shownUrl } from './probe-once-steps.ts';

/** The result of a probe on demand. It is independent of the loop. */
export interface ProbeReport {
  readonly view: NodeView;
  /** Whether the node gave a valid answer; with health off, whether any process accepted a connection. */
  readonly isSuccess: boolean;
  readonly durationMs: number;
  readonly steps: readonly ProbeStep[];
}

/** A report, or addresses of the target that must not be connected to. */
export type ProbeOutcome =
  | { readonly kind: 'report'; readonly report: ProbeReport }
  | { readonly kind: 'refused'; readonly addresses: readonly string[] };

/** The target of a probe and its deadline. */
export interface ProbeOnceOptions {
  readonly settings: NodeSettings;
  /** Time limit for the whole probe. */
  readonly timeoutMs: number;
  /** Aborted at the deadline, or when no client waits any more. */
  readonly signal: StopSignal;
  /** Resolves the name of the health endpoint before anything is sent; undefined leaves it to the connection. Never rejects. */
  readonly resolve: ((signal: StopSignal) => Promise<Resolution>) | undefined;
}

/** What a probe works with. */
export interface ProbeOnceDeps {
  readonly probers: ProberFactory;
  readonly clock: Clock;
}

// The time after the timeout of a connect is for sending the answer.
const CONNECT_SHARE = 0.9;

/** Probes a node's health endpoint and the ports that its settings select, within one deadline. */
export async function probeOnce(options: ProbeOnceOptions, { probers, clock }: ProbeOnceDeps): Promise<ProbeOutcome> {
  const { settings, timeoutMs, signal } = options;
  const startedMs = clock.monotonicMs();
  const steps = createProbeSteps(clock);
  let snapshot = emptySnapshot(settings.node);

  function record(update: ProbeUpdate): void {
    const at = { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
    ({ snapshot } = recordUpdate(snapshot, update, at));
  }

  function view(): NodeView {
    return viewNode(snapshot, clock.monotonicMs());
  }

  function leftMs(): number {
    return Math.max(1, startedMs + timeoutMs - clock.monotonicMs());
  }

  async function probeHealth(lookup: NodeLookup): Promise<void> {
    const endpoint = { ...settings.health, timeoutMs: Math.ceil(leftMs()) };
    steps.sent(endpoint);
    const result = await probers.health({ ...settings, health: endpoint }, lookup).probe(signal);
    steps.answered(result);
    record({ health: result });
  }

  async function probeConnects(targets: readonly ConnectTarget[], lookup: NodeLookup): Promise<void> {
    if (targets.length === 0 || signal.aborted) return;
    const connectTimeoutMs = Math.min(settings.connectTimeoutMs, Math.ceil(leftMs() * CONNECT_SHARE));
    steps.connecting(targets);
    const connects = await probers.connect({ ...settings, connectTimeoutMs }, lookup).probe(targets, signal);
    steps.connected(connects);
    record({ connects });
  }

  /** Ports that only the answer has, or that differ from the declaration. */
  function newTargets(): readonly ConnectTarget[] {
    return connectTargets(view()).filter(({ process, host, port }) => {
      const known = snapshot.connects.get(process)?.result;
      return known?.host !== host || known.port !== port;
    });
  }

  const resolution = await options.resolve?.(signal);
  if (resolution !== undefined) steps.resolved(resolution);
  if (resolution?.kind === 'refused') return { kind: 'refused', addresses: resolution.addresses };
  const lookup = resolution?.kind === 'addresses' ? fixedLookup(resolution.addresses) : probers.lookup(settings);
  if (resolution?.kind === 'failed') {
    const detail = `health endpoint ${shownUrl(settings.health)}: ${resolution.detail}`;
    const timing = { startedMs, finishedAtMs: clock.wallMs(), durationMs: clock.monotonicMs() - startedMs };
    record({
      health: {
        kind: 'failed',
        reason: resolution.reason,
        detail,
        hint: resolution.hint,
        statusCode: undefined,
        remoteAddress: undefined,
        timing,
      },
    });
  } else if (settings.node.healthEnabled) {
    await Promise.all([probeHealth(lookup), probeConnects(newTargets(), lookup)]);
  }
  await probeConnects(newTargets(), lookup);

  const seen = view();
  const durationMs = clock.monotonicMs() - startedMs;
  return { kind: 'report', report: { view: seen, isSuccess: isSuccess(seen), durationMs, steps: steps.all() } };
}

/** A lookup that returns the known, admitted addresses of a target, so that the probe connects to no others. */
function fixedLookup(addresses: readonly string[]): NodeLookup {
  const lookup = async () => addresses;
  return { forHealth: lookup, forConnects: lookup };
}

function isSuccess({ snapshot, processes }: NodeView): boolean {
  if (snapshot.node.healthEnabled) return snapshot.health?.kind === 'good';
  return processes.some(({ connect }) => connect?.outcome === 'ok');
}
