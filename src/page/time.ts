import { clockText, UTC } from '../domain/zone-time.ts';
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

/** How long something lasts, in its two largest units: `12 s`, `4 min 5 s`, `6 d 3 h`; never negative. */
export function lengthText(ms: number): string {
  let seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds === 0 && ms > 0) return 'under 1 s';
  const parts: string[] = [];
  for (const [size, unit] of [...UNITS, [1, 's'] as const]) {
    const count = Math.floor(seconds / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    seconds -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0 s';
}

/** A moment in UTC, to the second: `2026-11-26 18:20:34 UTC`. */
export function utcText(ms: number): string {
  return `${clockText(ms, UTC)} UTC`;
}

/** A moment as it stands in lists, in UTC; the script shows it by the reader's clock. The title has how long ago it is. */
export function momentHtml(iso: string, nowMs: number): Html {
  const atMs = Date.parse(iso);
  return html`<time class="moment" datetime="${iso}" title="${agoText(nowMs - atMs)}">${clockText(atMs, UTC)}</time>`;
}

/** `12 min ago`, or `in 3 h`. */
export function agoText(ms: number): string {
  return ms < 0 ? `in ${ageText(-ms)}` : `${ageText(ms)} ago`;
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
