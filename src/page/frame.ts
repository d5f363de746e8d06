import { type FaviconState, faviconHref } from './favicon.ts';
import { type Html, html } from './html.ts';
import type { NodesAnswer } from './nodes-answer.ts';
import { ageHtml } from './time.ts';

const MAX_SUGGESTED_TARGETS = 100;

/** What every page is made from besides its own content. */
export interface PageSurroundings {
  readonly telemetryPath: string;
  readonly stylePath: string;
  /** Undefined where there is no script. */
  readonly scriptPath: string | undefined;
}

/** One page in its frame. */
export interface FramedPage {
  readonly title: string;
  readonly state: FaviconState;
  /** What leads from the page to `/`: `./` or `../`. */
  readonly root: string;
  /** Where the link in front of everything leads to, and its text. */
  readonly skip: { readonly id: string; readonly text: string };
  /** What stands in the header: the heading and, on a page below `/`, the way back. */
  readonly heading: Html;
  /** The address of the page itself, to load it again. */
  readonly self: string;
  readonly main: Html;
}

/** What is said when the exporter answers, and its own loop does not move. */
export const LOOP_STUCK: Html = html`<p>The exporter’s own loop is stuck: what is shown may be old.</p>`;

/** A whole page, complete without its script. */
export function frameHtml(page: FramedPage, answer: NodesAnswer, surroundings: PageSurroundings): string {
  const { title, state, root, skip, heading, self, main } = page;
  const { exporter, at } = answer;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" id="favicon" href="${faviconHref(state)}">
<link rel="stylesheet" href="${root}${surroundings.stylePath}">
${surroundings.scriptPath && html`<script type="module" src="${root}${surroundings.scriptPath}"></script>`}
</head>
<body data-version="${exporter.version}" data-root="${root}">
<a class="skip" href="#${skip.id}">${skip.text}</a>
<header>
${heading}
<p id="live"><noscript>As of <time datetime="${at}">${at}</time>, times in UTC. Without JavaScript the page stays as it is: <a href="${self}">load it again</a>.</noscript></p>
</header>
<div id="alarm" role="alert">${!exporter.healthy && LOOP_STUCK}</div>
<main>
${main}
</main>
${footerHtml(answer, surroundings, root)}
</body>
</html>
`.html;
}

function footerHtml({ exporter, names, at }: NodesAnswer, { telemetryPath }: PageSurroundings, root: string): Html {
  const targets = names.slice(0, MAX_SUGGESTED_TARGETS).map((name) => html`<option value="${name}"></option>`);
  return html`<footer>
<form action="${root}probe" class="probe"><label>Probe now <input name="target" required list="targets" autocomplete="off" placeholder="node or host:port"></label><datalist id="targets">${targets}</datalist><input type="hidden" name="debug" value="true"><button>Probe</button></form>
<nav aria-label="More"><a href="${root}events">events</a> <a href="${root}${telemetryPath.slice(1)}">metrics</a> <a href="${root}health/status">health/status</a> <a href="${root}api/v1/nodes">JSON of this page</a> <a href="${root}config">configuration</a> <a href="${root}-/healthy">healthy</a> <a href="${root}-/ready">ready</a></nav>
<p>genesis-exporter ${exporter.version}, up for <span id="uptime">${ageHtml(exporter.startedAt, Date.parse(at))}</span></p>
</footer>`;
}
