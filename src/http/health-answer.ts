import type { NodeView } from '../domain/view.ts';
import type { HttpDeps } from './deps.ts';
import { createHealthText } from './health-text.ts';
import { EVERYTHING, type HealthJudgement, type HealthSelection, judgeHealth } from './health-verdict.ts';
import type { Headers } from './security-headers.ts';

/** An answer of `/health/status`, ready to be sent. */
export interface HealthAnswer {
  readonly code: 200 | 404 | 503;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Answers a query of `/health/status`. That for everything is put together once for the list of views it is made from. */
export type AnswerHealth = (selection: HealthSelection) => HealthAnswer;

type Written = Pick<HealthJudgement, 'code' | 'evidenceMs'> & { readonly body: Buffer };

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** Answers on the evidence of the moment; `Age` is that of the oldest that was used. */
export function createAnswerHealth({
  views,
  showsNode,
  clock,
}: Pick<HttpDeps, 'views' | 'showsNode' | 'clock'>): AnswerHealth {
  const text = createHealthText();
  let whole:
    | { readonly views: readonly NodeView[]; readonly showsNode: boolean; readonly written: Written }
    | undefined;
  let aged = { ...HEADERS, age: '' };

  function write(all: readonly NodeView[], selection: HealthSelection): Written {
    const { code, error, nodes, evidenceMs } = judgeHealth(all, selection, clock.monotonicMs());
    const isNamed = showsNode() && selection.nodes?.length !== 1;
    const body = error === undefined ? text(nodes, isNamed) : JSON.stringify({ error });
    return { code, evidenceMs, body: Buffer.from(body) };
  }

  function writeWhole(): Written {
    const all = views();
    if (whole?.views !== all || whole.showsNode !== showsNode()) {
      whole = { views: all, showsNode: showsNode(), written: write(all, EVERYTHING) };
    }
    return whole.written;
  }

  function headersFor(evidenceMs: number | undefined): Headers {
    if (evidenceMs === undefined) return HEADERS;
    const age = String(Math.max(0, Math.floor((clock.monotonicMs() - evidenceMs) / 1000)));
    if (age !== aged.age) aged = { ...HEADERS, age };
    return aged;
  }

  return (selection) => {
    const { code, evidenceMs, body } = selection === EVERYTHING ? writeWhole() : write(views(), selection);
    return { code, headers: headersFor(evidenceMs), body };
  };
}
