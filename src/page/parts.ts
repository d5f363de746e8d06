import type { ProcessState } from '../domain/process-state.ts';
import { type Html, html, NO_HTML } from './html.ts';

/** A state by word and shape; `word` is the STATUS when that is another word. The classes are those of the style sheet. */
export function stateHtml(state: ProcessState, word: string = state): Html {
  return html`<span class="state ${state}">${word.trim() === '' ? state : word}</span>`;
}

/** The state of a whole node. */
export function nodeStateHtml(state: ProcessState, isHealthy: boolean): Html {
  return html`<span class="state ${state}">${isHealthy ? 'healthy' : state === 'UNKNOWN' ? 'unknown' : 'not healthy'}</span>`;
}

/** The element that a link to a node leads to. */
export function nodeId(node: string): string {
  return `node:${urlEncode(node)}`;
}

/** The element that a link to a process leads to. */
export function processId(node: string, process: string): string {
  return `process:${urlEncode(node)}/${urlEncode(process)}`;
}

/** Text for a URL; never throws, whatever it is. */
export function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A link to the runbook of something that is not well. */
export function runbookHtml(runbook: string | null, subject: string): Html {
  if (runbook === null) return NO_HTML;
  return html`<a class="runbook" href="${runbook}" rel="noreferrer" aria-label="runbook for ${subject}">runbook</a>`;
}

/** A link to what can be done about a probe that failed. */
export function helpHtml(help: string | null, subject: string): Html {
  if (help === null) return NO_HTML;
  return html`<a class="runbook" href="${help}" rel="noreferrer" aria-label="what to do about ${subject}">what to do</a>`;
}

/** A size such as `2 GB` or `512 MB`, of 1024s as Genesis counts. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${Number(size.toFixed(1))} ${units[unit]}`;
}
