import type { ConnectResult } from '../domain/evidence.ts';
import { helpUrl, nodeRunbook, processRunbook, runbookUrl } from '../domain/runbook.ts';
import type { ProcessView } from '../domain/view.ts';
import { type CheckedNode, type CheckResult, checkVerdict, nodeVerdict } from './result.ts';
import { printableJson } from './terminal.ts';

/** The check result as JSON, in the shape that docs/check.md documents. Every key is always present; null means not known. */
export function renderJson(result: CheckResult): string {
  const shape = {
    verdict: checkVerdict(result),
    unread_sources: result.unreadSources,
    nodes: result.nodes.map((node) => nodeShape(node, result.runbooks)),
  };
  return `${printableJson(JSON.stringify(shape, null, 2))}\n`;
}

function nodeShape({ view, healthUrl, durationMs, isHomeRead }: CheckedNode, runbooks: string) {
  const { node, health } = view.snapshot;
  const { problem } = view;
  return {
    node: node.name,
    cluster: node.cluster,
    health_url: node.healthEnabled ? healthUrl : null,
    verdict: nodeVerdict(view.reason),
    reason: view.reason ?? null,
    runbook: runbookUrl(runbooks, nodeRunbook(view.reason)) ?? null,
    status_code: health?.statusCode ?? null,
    failure: health?.kind === 'failed' ? { reason: health.reason, detail: problem?.detail ?? health.detail } : null,
    hint: problem?.hint ?? null,
    help: helpUrl(runbooks, problem?.hint) ?? null,
    duration_seconds: toSeconds(durationMs),
    genesis_home_read: isHomeRead ?? null,
    processes: view.processes.map((process) => processShape(process, runbooks)),
  };
}

function processShape(process: ProcessView, runbooks: string) {
  const { name, status, state, healthy, acceptable, reason, message, port, connect, lmdb } = process;
  return {
    process: name,
    status,
    state,
    healthy,
    acceptable,
    reason: reason ?? null,
    runbook: runbookUrl(runbooks, processRunbook(process)) ?? null,
    message,
    port: port ?? null,
    connect: connect === undefined ? null : connectShape(connect, runbooks),
    lmdb: lmdb.map(({ usedRatio, totalBytes }) => ({ used_ratio: usedRatio ?? null, size_bytes: totalBytes ?? null })),
  };
}

function connectShape({ host, port, outcome, detail, hint, timing }: ConnectResult, runbooks: string) {
  const help = helpUrl(runbooks, hint) ?? null;
  return { host, port, outcome, detail, hint: hint ?? null, help, duration_seconds: toSeconds(timing.durationMs) };
}

function toSeconds(ms: number): number {
  return Number((ms / 1000).toFixed(6));
}
