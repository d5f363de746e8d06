import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/log.ts';
import type { Transition } from '../domain/transition.ts';
import { failedConnect, type NodeView } from '../domain/view.ts';
import { createLineBudget } from './line-budget.ts';
import type { Recorded } from './snapshot-store.ts';

const MAX_NAMED = 20;
const MAX_MESSAGE_LENGTH = 500;
const STATUS_LINES = { maxLines: 100, windowMs: 60_000 } as const;

/** Logs the transitions of one node, never repetitions, and limits their number. */
export interface LoopLog {
  recorded(recorded: Recorded): void;
}

/** The log of one node's loop. Of a status that changes at most 100 lines a minute; then one says how many were left out. */
export function createLoopLog(log: Log, { clock }: { readonly clock: Clock }): LoopLog {
  const budget = createLineBudget(STATUS_LINES, { clock });

  function recorded({ before, after, transitions }: Recorded): void {
    logEndpoint(log, before, after);
    logTransitions(after, transitions);
    if (before.reason !== after.reason) logVerdict(log, after);
  }

  function logTransitions({ snapshot, processes }: NodeView, transitions: readonly Transition[]): void {
    const node = snapshot.node.name;
    const leftOut = budget.settle();
    if (leftOut > 0) log.warn({ node, leftOut }, 'process status changed more often than is logged');
    if (transitions.length === 0) return;
    const views = new Map(processes.map((process) => [process.name, process]));
    for (const { process, from, to, reason } of transitions) {
      if (!budget.spend()) continue;
      const view = views.get(process);
      const level = view?.healthy === true ? 'info' : 'warn';
      const { detail, hint } = (view && failedConnect(view)) ?? {};
      log[level](
        { node, process, from, to, reason, message: clip(view?.message), detail, hint },
        'process status changed',
      );
    }
  }

  return { recorded };
}

function clip(message = ''): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}...` : message;
}

function logVerdict(log: Log, { snapshot, reason, health, processes }: NodeView): void {
  const node = snapshot.node.name;
  if (reason === undefined) {
    log.info({ node }, 'node is healthy');
    return;
  }
  // Without a health answer about every process is UNKNOWN: their names would say nothing.
  const isNews = health === 'good' || health === 'off';
  const named = processes.filter(({ acceptable }) => !acceptable).map(({ name, status }) => `${name} ${status}`);
  log.warn({ node, reason, ...(isNews && { processes: named.slice(0, MAX_NAMED) }) }, 'node is not healthy');
}

function logEndpoint(log: Log, before: NodeView, after: NodeView): void {
  const node = after.snapshot.node.name;
  const [old, now] = [before.snapshot.health, after.snapshot.health];
  if (now === undefined || now === old) return;
  if (now.kind === 'failed') {
    const isNews = old?.kind !== 'failed' || old.reason !== now.reason || old.hint !== now.hint;
    const { detail = now.detail, hint } = after.problem ?? {};
    if (isNews) log.warn({ node, reason: now.reason, detail, hint }, 'health probe failed');
    return;
  }
  const { statusCode, report } = now;
  if (old?.kind !== 'good') log.info({ node, statusCode, processes: report.processes.length }, 'health probe answered');
  const rejectedBefore = old?.kind === 'good' ? old.report.rejectedRows : 0;
  if (report.rejectedRows > rejectedBefore) {
    const { detail, hint } = after.problem ?? {};
    log.warn({ node, rejectedRows: report.rejectedRows, detail, hint }, 'health answer has rows without a usable name');
  }
}
