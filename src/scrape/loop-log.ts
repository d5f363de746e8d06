import type { Log } from '../domain/log.ts';
import type { NodeView } from '../domain/view.ts';
import type { Recorded } from './snapshot-store.ts';

const MAX_NAMED = 20;

/** Tells the log what a record changed: transitions, never repetitions. */
export function logRecorded(log: Log, { before, after, transitions }: Recorded): void {
  const node = after.snapshot.node.name;
  logEndpoint(log, before, after);
  const views = new Map(after.processes.map((process) => [process.name, process]));
  for (const { process, from, to, reason } of transitions) {
    const view = views.get(process);
    const level = view?.healthy === true ? 'info' : 'warn';
    log[level]({ node, process, from, to, reason, message: view?.message }, 'process status changed');
  }
  if (before.reason === after.reason) return;
  const unhealthy = after.processes.filter(({ acceptable }) => !acceptable);
  const named = unhealthy.slice(0, MAX_NAMED).map(({ name, status }) => `${name} ${status}`);
  if (after.reason === undefined) log.info({ node }, 'node is healthy');
  else log.warn({ node, reason: after.reason, unhealthy: unhealthy.length, processes: named }, 'node is not healthy');
}

function logEndpoint(log: Log, before: NodeView, after: NodeView): void {
  const node = after.snapshot.node.name;
  const [old, now] = [before.snapshot.health, after.snapshot.health];
  if (now === undefined || now === old) return;
  if (now.kind === 'failed') {
    const isNews = old?.kind !== 'failed' || old.reason !== now.reason;
    if (isNews) log.warn({ node, reason: now.reason, detail: now.detail }, 'health probe failed');
    return;
  }
  const { statusCode, report } = now;
  if (old?.kind !== 'good') log.info({ node, statusCode, processes: report.processes.length }, 'health probe answered');
  const rejectedBefore = old?.kind === 'good' ? old.report.rejectedRows : 0;
  if (report.rejectedRows > rejectedBefore) {
    log.warn({ node, rejectedRows: report.rejectedRows }, 'health answer has rows without a usable name');
  }
}
