import type { ProcessState } from '../domain/process-state.ts';

/** What the page stands at: the worst state of all nodes, or that the exporter itself does not answer. */
export type FaviconState = ProcessState | 'LOST';

const ICONS: Readonly<Record<FaviconState, readonly [colour: string, shape: string]>> = {
  UP: ['#1a7f37', '<path d="M4 8.5l3 3 5-7"/>'],
  STANDBY: ['#0a5cc2', '<path d="M6 5v6M10 5v6"/>'],
  STARTING: ['#6639ba', '<path d="M6 4.5l5 3.5-5 3.5z"/>'],
  WARNING: ['#b07600', '<path d="M8 4v5M8 11.4v.2"/>'],
  ERROR: ['#c2410c', '<path d="M8 4v5M8 11.4v.2"/>'],
  DOWN: ['#c4162a', '<path d="M5 5l6 6M11 5l-6 6"/>'],
  UNKNOWN: ['#57606a', '<path d="M6 6a2 2 0 1 1 2.6 2Q8 8.200 8 9.500M8 11.600v.2"/>'],
  LOST: ['#111', '<path d="M4 8h8"/>'],
};

/** A picture of a state for the browser's tab, as a `data:` URL. */
export function faviconHref(state: FaviconState): string {
  const [colour, shape] = ICONS[state];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${colour}"/><g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shape}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
