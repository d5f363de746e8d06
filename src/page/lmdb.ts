import { type Html, html, NO_HTML } from './html.ts';
import { HIGH_RATIO, VERY_HIGH_RATIO } from './lmdb-chart.ts';
import type { ProcessInfo } from './nodes-answer.ts';
import { sizeText } from './parts.ts';

/** The bars of a process' LMDB stores, each with its share and size in words. */
export function lmdbHtml({ name, lmdb }: ProcessInfo): Html {
  if (lmdb.length === 0) return NO_HTML;
  const bars = lmdb.map((store, index) => barHtml(store, `LMDB store ${index} of ${name}`));
  return html`${bars}`;
}

function barHtml({ usedRatio, totalBytes }: ProcessInfo['lmdb'][number], label: string): Html {
  const size = totalBytes === null ? 'unknown size' : sizeText(totalBytes);
  if (usedRatio === null) return html`<span class="lmdb">of ${size}</span>`;
  const level = usedRatio >= VERY_HIGH_RATIO ? 'very-high' : usedRatio >= HIGH_RATIO ? 'high' : 'low';
  return html`<span class="lmdb ${level}"><meter min="0" max="1" value="${usedRatio}" aria-label="${label}"></meter> ${Math.round(usedRatio * 100)} % of ${size}</span>`;
}
