import { printableJson } from '../check/terminal.ts';
import type { Config } from '../config/settings.ts';
import type { EventsQuery, HistoryEvent, NodeHistory } from '../domain/history.ts';
import { isoText } from '../domain/instant.ts';
import { createMaintenance, type Stretch } from '../domain/maintenance.ts';
import { suggest } from '../domain/suggest.ts';
import { eventsCsv } from '../page/csv.ts';
import type { EventInfo } from '../page/event-info.ts';
import { historyInfo } from '../page/history-info.ts';
import { eventInfo, incidentsOf, subjectsOf } from '../page/node-history.ts';
import { eventLines, historyText } from '../page/node-text.ts';
import { ageText, utcText } from '../page/time.ts';
import { type Connection, openReadOnly } from '../storage/database.ts';
import { readEvents, readHistory, readNodeNames, readWrittenMs } from '../storage/queries.ts';
import type { HistoryOptions } from './history-command.ts';
import { UsageError } from './options.ts';

/** A running exporter writes each second. After this long without a write, no exporter runs. */
const SILENT_MS = 30_000;

const PAGE = 1000;

/** What `genesis-exporter history` prints; `config` has the planned maintenance. Throws when the database cannot be read, and a UsageError for a node without history. */
export function runHistory(options: HistoryOptions, nowMs: number, config?: Config): string {
  const connection = openReadOnly(options.folder);
  try {
    return print(connection, options, nowMs, config && plannedIn(config));
  } finally {
    connection.close();
  }
}

function print(
  connection: Connection,
  options: HistoryOptions,
  nowMs: number,
  plannedFor?: (node: string, window: Stretch) => readonly Stretch[] | undefined,
): string {
  const { folder, fromMs, toMs, output } = options;
  const writtenMs = readWrittenMs(connection);
  if (writtenMs === undefined) throw new Error(`no exporter has written to the database in ${folder} yet`);
  const isSilent = nowMs - writtenMs > SILENT_MS;
  const names = nodesOf(connection, options);
  const events = [...readAllEvents(connection, options)]
    .map((event) => (isSilent ? endedBy(event, writtenMs) : event))
    .map(eventInfo);
  if (output === 'csv') return eventsCsv(events);
  const window = { fromMs, toMs };
  const histories = names.flatMap((name) => {
    const found = readHistory(connection, name, fromMs, toMs);
    return found === undefined ? [] : [onlyWanted(found, options, isSilent ? writtenMs : undefined)];
  });
  if (output === 'json') {
    const nodes = histories.map((history) =>
      historyInfo(history, options.processes, window, plannedFor?.(history.node, window)),
    );
    const times = { from: isoText(fromMs), to: isoText(toMs), writtenUntil: isoText(writtenMs) };
    return `${printableJson(JSON.stringify({ ...times, nodes, events }, null, 2))}\n`;
  }
  const silence = `No exporter has written since ${utcText(writtenMs)} (${ageText(nowMs - writtenMs)} ago): nothing is known from then on.`;
  const remarks = isSilent ? [silence] : [];
  const texts = histories.map((history) => {
    const subjects = subjectsOf(history, options.processes, window, plannedFor?.(history.node, window));
    return historyText({ name: history.node, remarks, window, subjects, incidents: incidentsOf(history, window) });
  });
  return [...texts, eventsText(events)].join('\n');
}

/** The maintenance of a node by its name; undefined if windows name clusters and only discovery knows the node's cluster. */
function plannedIn({ maintenance: windows, nodes }: Config) {
  const maintenance = createMaintenance(windows);
  const clusters = new Map(nodes.map(({ node }) => [node.name, node.cluster]));
  const namesClusters = windows.some((window) => window.clusters.length > 0);
  return (name: string, { fromMs, toMs }: Stretch): readonly Stretch[] | undefined => {
    const cluster = clusters.get(name);
    if (cluster === undefined && namesClusters) return undefined;
    return maintenance.between({ name, cluster: cluster ?? '' }, fromMs, toMs);
  };
}

function nodesOf(connection: Connection, { nodes, folder }: HistoryOptions): readonly string[] {
  const known = readNodeNames(connection);
  const unknown = nodes.find((node) => !known.includes(node));
  if (unknown !== undefined)
    throw new UsageError(`--node: the database in ${folder} has no history of ${unknown}${suggest(unknown, known)}`);
  return nodes.length === 0 ? known : [...new Set(nodes)];
}

function* readAllEvents(
  connection: Connection,
  { nodes, processes, fromMs, toMs }: HistoryOptions,
): Generator<HistoryEvent> {
  const query: EventsQuery = { nodes, processes, states: [], fromMs, toMs, limit: PAGE, cursor: undefined };
  let cursor: string | undefined;
  do {
    const { events, next } = readEvents(connection, { ...query, cursor });
    yield* events;
    cursor = next;
  } while (cursor !== undefined);
}

/** Ends an open event at the last write of an exporter that is gone: it is not known whether it goes on. */
function endedBy(event: HistoryEvent, writtenMs: number): HistoryEvent {
  const beganMs = event.atMs ?? event.betweenMs?.to ?? writtenMs;
  return { ...event, durationMs: event.durationMs ?? Math.max(0, writtenMs - beganMs) };
}

/** The history of a node and of the processes asked for. When no exporter runs any more, what goes on ends with its last write. */
function onlyWanted(history: NodeHistory, { processes }: HistoryOptions, endMs: number | undefined): NodeHistory {
  const isWanted = (process: string | undefined) =>
    processes.length === 0 || process === undefined || processes.includes(process);
  const spans = history.spans.filter(({ process }) => isWanted(process));
  return {
    ...history,
    spans:
      endMs === undefined ? spans : spans.map((span) => ({ ...span, toMs: span.toMs ?? Math.max(span.fromMs, endMs) })),
    lmdb: history.lmdb.filter(({ process }) => isWanted(process)),
  };
}

function eventsText(events: readonly EventInfo[]): string {
  const lines =
    events.length === 0 ? ['Events: none'] : [`Events: ${events.length}, the newest first`, ...eventLines(events)];
  return `${lines.join('\n')}\n`;
}
