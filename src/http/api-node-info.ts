import type { FailureRun } from '../domain/failure-run.ts';
import { isoText } from '../domain/instant.ts';
import type { MaintenanceNow } from '../domain/maintenance.ts';
import { helpUrl, nodeRunbook, processRunbook, runbookUrl } from '../domain/runbook.ts';
import type { StateChange } from '../domain/transition.ts';
import { BLIND_REASONS } from '../domain/verdict.ts';
import type { NodeView, ProcessView } from '../domain/view.ts';
import type { ChangeInfo, ConnectInfo, FailureInfo, HealthInfo, NodeInfo, ProcessInfo } from '../page/nodes-answer.ts';
import type { LastDays } from './last-days.ts';

/** What `nodeInfo` needs besides the view. */
export interface NodeInfoDeps {
  /** Base URL of the runbooks. */
  readonly runbooks: string;
  readonly lastDays: LastDays;
  /** The maintenance that covers a node now, if any. */
  readonly maintenanceOf: (node: NodeView['snapshot']['node']) => MaintenanceNow | undefined;
}

/** A node as `/api/v1/nodes` returns it. It holds absolute times instead of ages, so that it stays valid and can be cached. */
export function nodeInfo(
  view: NodeView,
  version: number,
  { runbooks, lastDays, maintenanceOf }: NodeInfoDeps,
): NodeInfo {
  const { snapshot, reason, processes } = view;
  const { node } = snapshot;
  return {
    name: node.name,
    version,
    address: node.address,
    cluster: node.cluster,
    labels: Object.fromEntries(node.labels),
    healthy: reason === undefined,
    reason: reason ?? null,
    since: iso(nodeSinceMs(view)),
    runbook: runbookUrl(runbooks, nodeRunbook(reason)) ?? null,
    intervalSeconds: node.intervalMs / 1000,
    rejectedRows: snapshot.health?.kind === 'good' ? snapshot.health.report.rejectedRows : 0,
    health: healthInfo(view, runbooks),
    processes: processes.map((process) => processInfo(view, process, runbooks)),
    failures: snapshot.failures.map(failureInfo),
    lastDay: lastDays.of(view),
    maintenance: maintenanceInfo(maintenanceOf(node)),
  };
}

function maintenanceInfo(now: MaintenanceNow | undefined): NodeInfo['maintenance'] {
  return now === undefined ? null : { name: now.name, until: isoText(now.untilMs) };
}

/** ISO 8601 text of a wall-clock time, or null. */
function iso(wallMs: number | undefined): string | null {
  return wallMs === undefined ? null : isoText(wallMs);
}

function nodeSinceMs({ snapshot, reason }: NodeView): number | undefined {
  if (reason === 'stale') return staleSinceMs(snapshot);
  return snapshot.standing?.reason === reason ? snapshot.standing?.sinceMs : undefined;
}

/** When the last health response became stale, wall-clock milliseconds. */
function staleSinceMs({ node, health }: NodeView['snapshot']): number | undefined {
  return health && health.timing.finishedAtMs - health.timing.durationMs + node.staleAfterMs;
}

function healthInfo({ snapshot, health: standing, problem }: NodeView, runbooks: string): HealthInfo {
  const { health, lastSuccessAtMs } = snapshot;
  return {
    standing,
    statusCode: health?.statusCode ?? null,
    failure: health?.kind === 'failed' ? health.reason : null,
    detail: problem?.detail ?? '',
    hint: problem?.hint ?? null,
    help: helpUrl(runbooks, problem?.hint) ?? null,
    finishedAt: iso(health?.timing.finishedAtMs),
    durationSeconds: health === undefined ? null : health.timing.durationMs / 1000,
    lastSuccessAt: iso(lastSuccessAtMs),
    remoteAddress: health?.remoteAddress ?? null,
  };
}

function processInfo(view: NodeView, process: ProcessView, runbooks: string): ProcessInfo {
  const { node, histories } = view.snapshot;
  const history = histories.get(process.name);
  const { declared, reason } = process;
  return {
    name: process.name,
    status: process.status,
    state: process.state,
    healthy: process.healthy,
    acceptable: process.acceptable,
    reason: reason ?? null,
    since: iso(BLIND_REASONS.has(reason) ? blindSinceMs(view, reason) : history?.sinceMs),
    runbook: runbookUrl(runbooks, processRunbook(process)) ?? null,
    message: process.message,
    port: process.port ?? null,
    declaredPort: declared?.port ?? null,
    group: declared?.group ?? '',
    primaryOnly: declared?.primaryOnly ?? false,
    expected: node.declared.size === 0 ? null : (declared?.expected ?? false),
    reported: process.reported ?? null,
    lmdb: process.lmdb.map(({ usedRatio, totalBytes }) => ({
      usedRatio: usedRatio ?? null,
      totalBytes: totalBytes ?? null,
    })),
    connect: process.connect === undefined ? null : connectInfo(process.connect, runbooks),
    changeCount: history?.changes ?? 0,
    changes: history?.recent.map(changeInfo) ?? [],
  };
}

/** When the exporter lost sight of a process, wall-clock milliseconds. */
function blindSinceMs({ snapshot, health }: NodeView, reason: ProcessView['reason']): number | undefined {
  if (reason === 'health_unavailable')
    return snapshot.failures.findLast(({ process }) => process === undefined)?.firstAtMs;
  return health === 'stale' ? staleSinceMs(snapshot) : undefined;
}

function connectInfo(connect: NonNullable<ProcessView['connect']>, runbooks: string): ConnectInfo {
  const { host, port, outcome, detail, hint, certNotAfterMs, timing } = connect;
  return {
    host,
    port,
    outcome,
    detail,
    hint: hint ?? null,
    help: helpUrl(runbooks, hint) ?? null,
    finishedAt: isoText(timing.finishedAtMs),
    durationSeconds: timing.durationMs / 1000,
    certNotAfter: iso(certNotAfterMs),
  };
}

function changeInfo({ atMs, from, to, reason, message }: StateChange): ChangeInfo {
  return { at: isoText(atMs), from, to, reason: reason ?? null, message };
}

function failureInfo({ process, reason, detail, firstAtMs, lastAtMs, count }: FailureRun): FailureInfo {
  return { process: process ?? null, reason, detail, firstAt: isoText(firstAtMs), lastAt: isoText(lastAtMs), count };
}
