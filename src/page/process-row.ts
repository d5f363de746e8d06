import { type Html, html, NO_HTML } from './html.ts';
import { HIGH_RATIO, VERY_HIGH_RATIO } from './lmdb-chart.ts';
import type { ChangeInfo, NodeInfo, ProcessInfo } from './nodes-answer.ts';
import { helpHtml, processId, runbookHtml, sizeText, stateHtml, urlEncode } from './parts.ts';
import { ageHtml, ageText, durationText } from './time.ts';
import { FAILURE_WORDS, PROCESS_REASON_WORDS } from './words.ts';

const SHORT_MESSAGE_LENGTH = 90;
const MAX_SHOWN_LENGTH = 10_000;
const MAX_STRIP_MARKS = 10;

/** The row of a process in the table of its node. */
export function processRowHtml(node: NodeInfo, process: ProcessInfo, nowMs: number): Html {
  const id = processId(node.name, process.name);
  const reason = process.reason === null || process.reason === 'reported' ? undefined : process.reason;
  const why = reason && html`<span class="why">${PROCESS_REASON_WORDS[reason]}</span>`;
  return html`<tr id="${id}" class="${process.healthy ? 'fine' : 'bad'}"><td>${stateHtml(process.state, process.status)}</td>
<th scope="row"><a class="name" href="#${urlEncode(id)}">${process.name}</a>${tagsHtml(process)}</th>
<td class="why-cell">${why}${messageHtml(process)} ${connectFailureHtml(process)} ${runbookHtml(process.runbook, process.name)}</td>
<td class="num" data-label="for">${ageHtml(process.since, nowMs)}</td>
<td class="num" data-label="port">${portHtml(process)}</td>
<td data-label="connect">${connectHtml(process, nowMs)}</td>
<td data-label="LMDB">${lmdbHtml(process)}</td>
<td data-label="changes">${changesHtml(process, nowMs)}</td></tr>
`;
}

function tagsHtml({ expected, reported, primaryOnly, group }: ProcessInfo): Html {
  const tags = [
    expected === true && 'expected',
    expected === false && 'not expected',
    reported === false && 'not listed',
    primaryOnly && 'primary only',
    group,
  ].filter((tag) => tag !== false && tag !== '');
  return tags.length === 0 ? NO_HTML : html` <span class="tags">${tags.join(' · ')}</span>`;
}

/** A short message as it is, a long one on demand. */
function messageHtml({ message, name }: ProcessInfo): Html {
  if (message === '') return NO_HTML;
  if (message.length <= SHORT_MESSAGE_LENGTH) return html`<span class="message">${message}</span>`;
  const left = message.length - MAX_SHOWN_LENGTH;
  return html`<details class="message"><summary><span>${message.slice(0, SHORT_MESSAGE_LENGTH)}…</span></summary>
<pre tabindex="0" role="group" aria-label="Message of ${name}">${message.slice(0, MAX_SHOWN_LENGTH)}${left > 0 && `… and ${left} characters more, in /api/v1/nodes`}</pre></details>`;
}

function portHtml({ port, declaredPort }: ProcessInfo): Html {
  if (port === null) return html`<span class="nothing">–</span>`;
  const declared =
    declaredPort !== null && declaredPort !== port && html` <span class="tags">declared ${declaredPort}</span>`;
  return html`${port}${declared}`;
}

/** What a failed connect saw. A process that is healthy with a closed port needs no advice. */
function connectFailureHtml({ connect, healthy, name }: ProcessInfo): Html {
  if (connect === null || connect.outcome === 'ok' || healthy) return NO_HTML;
  return html`<span class="why">${connect.detail} ${helpHtml(connect.help, name)}</span>`;
}

function connectHtml({ connect }: ProcessInfo, nowMs: number): Html {
  if (connect === null) return html`<span class="nothing">–</span>`;
  const { outcome, durationSeconds, certNotAfter } = connect;
  if (outcome !== 'ok') return html`<strong class="failed">${FAILURE_WORDS[outcome]}</strong>`;
  const cert = certNotAfter !== null && html` <span class="tags">${certText(certNotAfter, nowMs)}</span>`;
  return html`ok <span class="tags">${durationText(durationSeconds)}</span>${cert}`;
}

function certText(notAfter: string, nowMs: number): string {
  const leftMs = Date.parse(notAfter) - nowMs;
  return leftMs > 0 ? `certificate ${ageText(leftMs)}` : 'certificate expired';
}

/** The latest changes as marks, and in words on demand. */
function changesHtml(process: ProcessInfo, nowMs: number): Html {
  const { changes, changeCount, name } = process;
  if (changes.length === 0) return html`<span class="nothing">–</span>`;
  const marks = changes.slice(-MAX_STRIP_MARKS).map(({ to }) => html`<i class="${to}"></i>`);
  const lines = changes.toReversed().map((change) => changeHtml(change, nowMs));
  return html`<details class="changes"><summary aria-label="${changeCount} changes of ${name}"><span class="strip" aria-hidden="true">${marks}</span> ${changeCount}</summary><ol>${lines}</ol></details>`;
}

function changeHtml({ at, from, to, reason, message }: ChangeInfo, nowMs: number): Html {
  const why = reason !== null && reason !== 'reported' && message === '' && PROCESS_REASON_WORDS[reason];
  return html`<li>${ageHtml(at, nowMs)} ago: ${stateHtml(from)} → ${stateHtml(to)} <span class="why">${why}${message}</span></li>`;
}

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
