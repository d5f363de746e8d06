import type { EventInfo } from '../event-info.ts';
import { latestEventsHtml } from '../event-list.ts';
import type { NodeInfo } from '../nodes-answer.ts';
import { elementById, withContent } from './elements.ts';
import { morph } from './morph.ts';
import { showReaderTimes } from './reader-times.ts';

const REFRESH_MS = 30_000;
const TIMEOUT_MS = 10_000;
const MAX_EVENTS = 20;

/** Keeps the latest events of the fleet up to date. */
export interface LatestEvents {
  /** Asks for the events when something of these nodes has changed, and now and then. */
  follow(nodes: readonly NodeInfo[], nowMs: number): void;
}

/** Takes over the events that the server has put into the page. */
export function createLatestEvents(): LatestEvents {
  let shownFingerprint: string | undefined;
  let refreshedMs = performance.now();
  let isRefreshing = false;
  showReaderTimes(elementById('events'));

  function follow(nodes: readonly NodeInfo[], nowMs: number): void {
    const fingerprint = fingerprintOf(nodes);
    const isChanged = shownFingerprint !== undefined && shownFingerprint !== fingerprint;
    shownFingerprint = fingerprint;
    if (isChanged || performance.now() - refreshedMs > REFRESH_MS) void refresh(nowMs);
  }

  async function refresh(nowMs: number): Promise<void> {
    if (isRefreshing || document.hidden) return;
    isRefreshing = true;
    refreshedMs = performance.now();
    try {
      const response = await fetch(`./api/v1/events?limit=${MAX_EVENTS}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) showEvents((await response.json()).events, nowMs);
    } catch {
      // The next request shows what is wrong.
    } finally {
      isRefreshing = false;
    }
  }

  return { follow };
}

function showEvents(events: readonly EventInfo[], nowMs: number): void {
  const element = elementById('events');
  const wanted = withContent(element, latestEventsHtml(events, { nowMs, root: './', hasNodes: true }));
  showReaderTimes(wanted);
  morph(element, wanted);
}

/** A text that changes with every event. */
function fingerprintOf(nodes: readonly NodeInfo[]): string {
  let changes = 0;
  let failures = 0;
  const reasons: (string | null)[] = [];
  for (const node of nodes) {
    reasons.push(node.reason);
    failures += node.failures.length;
    for (const { changeCount } of node.processes) changes += changeCount;
  }
  return `${changes} ${failures} ${reasons.join()}`;
}
