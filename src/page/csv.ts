import type { EventInfo } from './event-info.ts';

const EVENT_COLUMNS = [
  'id',
  'at',
  'betweenFrom',
  'betweenTo',
  'node',
  'process',
  'kind',
  'from',
  'to',
  'reason',
  'message',
  'durationSeconds',
] as const satisfies readonly (keyof EventInfo)[];

/** Events as CSV, a line for each. */
export function eventsCsv(events: readonly EventInfo[]): string {
  return csvText(
    EVENT_COLUMNS,
    events.map((event) => EVENT_COLUMNS.map((column) => event[column])),
  );
}

/** Lines of CSV as RFC 4180 has them; null is an empty cell. */
export function csvText(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [head, ...rows].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula gets an apostrophe, as spreadsheets themselves mark texts. */
function cellText(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
