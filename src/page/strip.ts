import type { SpanState } from '../domain/history.ts';
import { type Html, html, NO_HTML } from './html.ts';
import {
  type StripBar,
  type StripLayer,
  type StripSpan,
  type StripWindow,
  spansWithin,
  stripLayers,
} from './strip-shapes.ts';
import { stripSummary } from './strip-text.ts';
import { lengthText, utcText } from './time.ts';
import { AXIS_LINES } from './time-axis.ts';

/** A row of time for a node or a process. */
export interface Strip {
  /** What it is about, such as the name of a process. */
  readonly label: string;
  readonly window: StripWindow;
  /** In order, not overlapping; time without a span is NOT_WATCHED. */
  readonly spans: readonly StripSpan[];
  /** Whether each bar has its times, and names them and its state in a tooltip. */
  readonly hasTooltips: boolean;
  /** Whether the lines of the page's axis of time are drawn in it. */
  readonly hasAxis: boolean;
}

/** States that a pattern of `STRIP_PATTERNS` fills; the others are solid. */
const PATTERNED: ReadonlySet<SpanState> = new Set(['STANDBY', 'STARTING', 'WARNING', 'ERROR', 'UNKNOWN']);

/**
 * The patterns of all strips of a page, once in a page. Colour, pattern and height each tell a state: healthy ones are low,
 * all others as high as the strip, and time that nobody watched is a dashed line in an empty place.
 */
export const STRIP_PATTERNS: Html = html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="fill-STANDBY" class="STANDBY" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="tint" width="4" height="4"/><rect class="ink" width="4" height="2"/></pattern>
<pattern id="fill-STARTING" class="STARTING" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="tint" width="5" height="5"/><circle class="ink" cx="2.5" cy="2.5" r="1.5"/></pattern>
<pattern id="fill-WARNING" class="WARNING" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="tint" width="6" height="6"/><rect class="ink" width="3" height="6"/></pattern>
<pattern id="fill-ERROR" class="ERROR" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="tint" width="5" height="5"/><path class="ink" d="M0 0h5v2h-3v3h-2z"/></pattern>
<pattern id="fill-UNKNOWN" class="UNKNOWN" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="tint" width="4" height="4"/><rect class="ink" width="1.5" height="4"/></pattern>
</defs></svg>`;

/** A strip as SVG that fills the width of its place; the page needs `STRIP_PATTERNS` once. */
export function stripHtml({ label, window, spans, hasTooltips, hasAxis }: Strip): Html {
  const within = spansWithin(spans, window);
  return html`<svg class="timeline" role="img" focusable="false"><title>${label}: ${stripSummary(within, window)}</title>${hasAxis && AXIS_LINES}${stripLayersHtml(within, window, hasTooltips)}</svg>`;
}

/** What is drawn in a strip of spans that fill its window. */
export function stripLayersHtml(
  spans: readonly StripSpan[],
  window: StripWindow,
  hasTooltips: boolean,
): readonly Html[] {
  return stripLayers(spans, window).map((layer) => layerHtml(layer, hasTooltips));
}

/** A small piece of a strip in one state, for a legend. */
export function swatchHtml(state: SpanState): Html {
  const span = { fromMs: 0, toMs: 1, state };
  const bar = { span, left: 0, width: 100, isThin: false };
  return html`<svg class="timeline swatch" aria-hidden="true" focusable="false">${layerHtml({ state, bars: [bar] }, false)}</svg>`;
}

function layerHtml({ state, bars }: StripLayer, hasTooltips: boolean): Html {
  const fill = PATTERNED.has(state) ? html` fill="url(#fill-${state})"` : NO_HTML;
  return html`<g class="${state}"${fill}>${bars.map((bar) => barHtml(bar, hasTooltips))}</g>`;
}

function barHtml({ span, left, width, isThin }: StripBar, hasTooltips: boolean): Html {
  const tooltip = hasTooltips ? html`<title>${spanTooltip(span)}</title>` : NO_HTML;
  // The script reads these.
  const times = hasTooltips ? html` data-from="${span.fromMs}" data-to="${span.toMs}"` : NO_HTML;
  if (span.state === 'NOT_WATCHED') {
    return html`<line x1="${svgPercent(left)}" x2="${svgPercent(left + width)}" y1="50%" y2="50%"${times}>${tooltip}</line>`;
  }
  const bar = html`<rect x="${svgPercent(left)}" width="${svgPercent(width)}"${times}>${tooltip}</rect>`;
  if (!isThin) return bar;
  const middle = svgPercent(left + width / 2);
  return html`${bar}<line x1="${middle}" x2="${middle}" y2="100%">${tooltip}</line>`;
}

function spanTooltip({ fromMs, toMs, state }: StripSpan): string {
  return `${state === 'NOT_WATCHED' ? 'not watched' : state} for ${lengthText(toMs - fromMs)}, ${utcText(fromMs)} to ${utcText(toMs)}`;
}

function svgPercent(value: number): string {
  return `${Number(value.toFixed(3))}%`;
}
