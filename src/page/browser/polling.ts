import type { NodesAnswer } from '../nodes-answer.ts';

const INTERVAL_MS = 2000;
const HIDDEN_INTERVAL_MS = 15_000;
const TIMEOUT_MS = 10_000;

/** Callbacks of the polling. */
export interface PollingHandlers {
  /** The node to ask for; undefined for all. */
  readonly node: string | undefined;
  /** The `since` parameter of the next request; undefined before the first answer. */
  readonly cursor: () => string | undefined;
  readonly onAnswer: (answer: NodesAnswer) => void;
  /** Called after each failed request, with the failure. */
  readonly onFailure: (failure: string) => void;
}

/** Requests `/api/v1/nodes` every 2 s, less often while the page is hidden, and at once when it becomes visible again. */
export function startPolling({ node, cursor, onAnswer, onFailure }: PollingHandlers): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFetching = false;

  async function poll(): Promise<void> {
    if (isFetching) return;
    isFetching = true;
    clearTimeout(timer);
    const answer = await fetchNodes(node, cursor());
    isFetching = false;
    timer = setTimeout(poll, document.hidden ? HIDDEN_INTERVAL_MS : INTERVAL_MS);
    if (typeof answer === 'string') onFailure(answer);
    else onAnswer(answer);
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void poll();
  });
  void poll();
}

async function fetchNodes(node: string | undefined, cursor: string | undefined): Promise<NodesAnswer | string> {
  const query = new URLSearchParams();
  if (node !== undefined) query.set('node', node);
  if (cursor !== undefined) query.set('since', cursor);
  try {
    const response = await fetch(`${document.body.dataset['root']}api/v1/nodes?${query}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return `answers with ${response.status}`;
    return await response.json();
  } catch {
    return 'does not answer';
  }
}
