import type { Hint } from '../domain/hint.ts';
import { helpUrl, nodeRunbook, processRunbook, type Runbook, runbookUrl } from '../domain/runbook.ts';
import { failedConnect } from '../domain/view.ts';
import type { CheckResult } from './result.ts';
import { printable } from './terminal.ts';

const MAX_NAMED = 5;

/** A line for each runbook and each row of the troubleshooting page that a check leads to: what it is for, and its address. */
export function runbookLines({ nodes, runbooks }: CheckResult): readonly string[] {
  const subjects = new Map<Runbook, string[]>();
  function add(runbook: Runbook | undefined, subject: string): void {
    if (runbook !== undefined) subjects.set(runbook, [...(subjects.get(runbook) ?? []), subject]);
  }
  for (const { view } of nodes) {
    const node = printable(view.snapshot.node.name);
    const runbookOfNode = nodeRunbook(view.reason);
    add(runbookOfNode, node);
    for (const process of view.processes) {
      const runbook = processRunbook(process);
      if (runbook !== runbookOfNode) add(runbook, `${printable(process.name)}${nodes.length > 1 ? ` on ${node}` : ''}`);
    }
  }
  const hints = new Map<Hint, string[]>();
  function addHint(hint: Hint | undefined, subject: string): void {
    if (hint !== undefined) hints.set(hint, [...(hints.get(hint) ?? []), subject]);
  }
  for (const { view } of nodes) {
    const node = printable(view.snapshot.node.name);
    addHint(view.problem?.hint, node);
    for (const process of view.processes) {
      const hint = failedConnect(process)?.hint;
      addHint(hint, `${printable(process.name)}${nodes.length > 1 ? ` on ${node}` : ''}`);
    }
  }
  return [
    ...[...hints].map(([hint, names]) => `What to do about ${listed(names)}: ${helpUrl(runbooks, hint)}`),
    ...[...subjects].map(([runbook, names]) => `Runbook for ${listed(names)}: ${runbookUrl(runbooks, runbook)}`),
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `${names.slice(0, MAX_NAMED).join(', ')}${more}`;
}
