import { type Html, html } from './html.ts';

const UNITS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

/** How long something has lasted, in its largest unit: `12 s`, `4 min`, `3 h`, `2 d`; never negative. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  for (const [size, unit] of UNITS) if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`;
  return `${seconds} s`;
}

/** A moment as how long ago it is at `nowMs`; the script counts it on, and the title has the moment itself. */
export function ageHtml(iso: string | null, nowMs: number): Html {
  if (iso === null) return html`<span class="nothing">–</span>`;
  return html`<time datetime="${iso}" title="${iso}">${ageText(nowMs - Date.parse(iso))}</time>`;
}

/** A duration such as `0.4 ms`, `12 ms` or `1.2 s`. */
export function durationText(seconds: number): string {
  const ms = seconds * 1000;
  if (ms >= 1000) return `${Number(seconds.toFixed(1))} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
