import {
  CONNECT_INTERVALS_VALID,
  type ConnectResult,
  connectStanding,
  type HealthStanding,
  healthStanding,
} from './evidence.ts';
import { explain } from './explanation.ts';
import type { DeclaredProcess } from './node.ts';
import { judgeNode, type NodeReason } from './node-health.ts';
import { type NodeProblem, nodeProblem } from './node-problem.ts';
import type { LmdbUsage } from './process-report.ts';
import type { ProcessState } from './process-state.ts';
import type { RosterEntry } from './roster.ts';
import type { NodeSnapshot } from './snapshot.ts';
import { BLIND_REASONS, judgeProcess, type ProcessReason } from './verdict.ts';

/** A process as every reader sees it at one moment. */
export interface ProcessView {
  readonly name: string;
  readonly status: string;
  readonly state: ProcessState;
  readonly reason: ProcessReason | undefined;
  readonly healthy: boolean;
  /** Healthy, or tolerated because Genesis itself answered 200. */
  readonly acceptable: boolean;
  readonly message: string;
  readonly port: number | undefined;
  readonly declared: DeclaredProcess | undefined;
  /** Whether it is in the last good answer; undefined unless health is good. */
  readonly reported: boolean | undefined;
  /** Empty unless health is good and the process reported. */
  readonly lmdb: readonly LmdbUsage[];
  /** The connect result that counts as evidence. */
  readonly connect: ConnectResult | undefined;
}

/** A node as every reader sees it, until `validUntilMs`. */
export interface NodeView {
  readonly snapshot: NodeSnapshot;
  readonly health: HealthStanding;
  /** Undefined when the node is healthy. */
  readonly reason: NodeReason | undefined;
  /** What the latest health probe failed with, or why it has rows without a name; undefined when nothing is wrong with it. */
  readonly problem: NodeProblem | undefined;
  /** In the order reported, then the others. */
  readonly processes: readonly ProcessView[];
  /** Monotonic milliseconds of the moment after which evidence in use grows too old. */
  readonly validUntilMs: number;
}

/** Judges a node and its processes on the evidence that a snapshot holds at `nowMs`, monotonic milliseconds. */
export function viewNode(snapshot: NodeSnapshot, nowMs: number): NodeView {
  const { node, roster } = snapshot;
  const health = healthStanding(snapshot.health, node.healthEnabled, node.staleAfterMs, nowMs);
  const processes: ProcessView[] = [];
  for (const [name, entry] of roster) processes.push(viewProcess(snapshot, health, name, entry, nowMs));
  for (const { name, expected } of node.declared.values()) {
    if (expected && !roster.has(name)) processes.push(viewProcess(snapshot, health, name, undefined, nowMs));
  }
  const answer = snapshot.health?.kind === 'good' ? snapshot.health : undefined;
  const reason = judgeNode({
    health,
    statusCode: answer?.statusCode,
    rejectedRows: answer?.report.rejectedRows ?? 0,
    processes,
  });
  const problem = nodeProblem(snapshot, processes);
  return { snapshot, health, reason, problem, processes, validUntilMs: validUntil(snapshot, health, processes) };
}

/** Whether the view of a snapshot has a process of this name. */
export function isShown({ node, roster }: NodeSnapshot, name: string): boolean {
  return roster.has(name) || node.declared.get(name)?.expected === true;
}

function viewProcess(
  snapshot: NodeSnapshot,
  health: HealthStanding,
  name: string,
  entry: RosterEntry | undefined,
  nowMs: number,
): ProcessView {
  const { node } = snapshot;
  const declared = node.declared.get(name);
  const port = entry?.port ?? declared?.port;
  const result = snapshot.connects.get(name)?.result;
  const host = declared?.host ?? node.address;
  const connect = connectStanding(result, { host, port }, node.connectIntervalMs, nowMs);
  const report = entry?.inLastAnswer ? entry.report : undefined;
  const verdict = judgeProcess({
    health,
    connect,
    report,
    lastReported: entry?.report.state,
    primaryOnly: declared?.primaryOnly ?? false,
    everConnected: result !== undefined,
    healthyStates: node.healthyStates,
  });
  // An operator may call UNKNOWN healthy; what we could not see is no such UNKNOWN.
  const healthy = !BLIND_REASONS.has(verdict.reason) && node.healthyStates.has(verdict.state);
  const answered200 = health === 'good' && snapshot.health?.statusCode === 200;
  const tolerated = answered200 && verdict.reason === 'reported' && node.toleratedWith200.has(verdict.state);
  const current = connect === 'none' ? undefined : result;
  const failure = snapshot.health?.kind === 'failed' ? snapshot.health.detail : '';
  const isReported = health === 'good' && report !== undefined;
  return {
    name,
    ...verdict,
    healthy,
    acceptable: healthy || tolerated,
    message: explain({ verdict, health, report, connect: current, failure, staleAfterMs: node.staleAfterMs }),
    port,
    declared,
    reported: health === 'good' ? isReported : undefined,
    lmdb: isReported ? report.lmdb : [],
    connect: current,
  };
}

function validUntil(snapshot: NodeSnapshot, health: HealthStanding, processes: readonly ProcessView[]): number {
  const { node } = snapshot;
  let until = Number.POSITIVE_INFINITY;
  if ((health === 'good' || health === 'failed') && snapshot.health !== undefined) {
    until = snapshot.health.timing.startedMs + node.staleAfterMs;
  }
  for (const { connect } of processes) {
    if (connect === undefined) continue;
    until = Math.min(until, connect.timing.startedMs + CONNECT_INTERVALS_VALID * node.connectIntervalMs);
  }
  return until;
}

/** The connect that tells against a process; undefined when it has succeeded, and for one that is healthy without it. */
export function failedConnect({ healthy, connect }: ProcessView): ConnectResult | undefined {
  return healthy || connect?.outcome === 'ok' ? undefined : connect;
}

/** Where a connect probe goes. */
export interface ConnectTarget {
  readonly process: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** The processes of a view that want a connect probe and have a known port. */
export function connectTargets({ snapshot, processes }: NodeView): readonly ConnectTarget[] {
  const { address, connectProcesses } = snapshot.node;
  const targets: ConnectTarget[] = [];
  for (const { name, port, declared } of processes) {
    const isWanted = connectProcesses === 'all' || (connectProcesses === 'declared' && declared !== undefined);
    if (!isWanted || port === undefined || declared?.external) continue;
    targets.push({ process: name, host: declared?.host ?? address, port, tls: declared?.tls ?? false });
  }
  return targets;
}
