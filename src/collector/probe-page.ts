import type { NodeView } from '../domain/view.ts';
import type { Family } from './family.ts';
import { createFamilyRenderer } from './family-text.ts';
import { FAMILIES, familyHead } from './metrics-table.ts';
import { showNode } from './shown-node.ts';
import { createYielder } from './yielder.ts';

/** Result of a probe on demand, for `probe_success` and `probe_duration_seconds`. */
export interface ProbeFigures {
  /** Whether the probe got an answer and understood it. */
  readonly isSuccess: boolean;
  readonly durationMs: number;
}

/** Gauges that describe the scrape loop. The page of a single probe has none of them. */
const LOOP_GAUGES: ReadonlySet<string> = new Set([
  'genesis_process_last_status_change_timestamp_seconds',
  'genesis_probe_interval_seconds',
]);

const PROBE_SUCCESS = {
  name: 'probe_success',
  type: 'gauge',
  help: 'Whether the probe had an answer that was understood, 1 or 0.',
} as const;

const PROBE_DURATION = {
  name: 'probe_duration_seconds',
  type: 'gauge',
  help: 'How long the probe took in all, lookup and connects included.',
} as const;

/** Whether a family is on the page of a single probe. Counters and gauges of the scrape loop are not. */
export function isOnProbePage({ name, type }: Pick<Family, 'name' | 'type'>): boolean {
  return type !== 'counter' && !LOOP_GAUGES.has(name);
}

/** The exposition of one probe on demand: the node's series, then `probe_success` and `probe_duration_seconds`. */
export async function renderProbePage(view: NodeView, { isSuccess, durationMs }: ProbeFigures): Promise<string> {
  const render = createFamilyRenderer();
  const yieldIfDue = createYielder();
  const shown = [showNode(view)];
  let families = '';
  for (const [index, family] of FAMILIES.entries()) {
    if (!isOnProbePage(family)) continue;
    const lines = await render(index, shown, yieldIfDue);
    if (lines !== '') families += familyHead(family) + lines;
  }
  const success = `${familyHead(PROBE_SUCCESS)}probe_success ${isSuccess ? 1 : 0}\n`;
  const duration = `${familyHead(PROBE_DURATION)}probe_duration_seconds ${durationMs / 1000}\n`;
  return `${families}${success}${duration}`;
}
