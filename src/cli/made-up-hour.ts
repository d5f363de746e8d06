import type { HistoryEvent, HistorySource, NodeHistory, StateSpan, WatchedState } from '../domain/history.ts';

const MINUTE_MS = 60_000;

/** Every message of the made-up hour begins with this. */
const MADE_UP = 'made up for the demo: ';

/** A stretch of the hour before the demo, in minutes before its start, in which a process was not healthy. */
interface Trouble {
  readonly process: string;
  readonly from: number;
  readonly to: number;
  readonly state: WatchedState;
  readonly message: string;
}

const TROUBLES: readonly Trouble[] = [
  { process: 'GENESIS_ROUTER', from: 52, to: 50.5, state: 'DOWN', message: 'the process has died' },
  { process: 'GENESIS_NOTIFY', from: 41, to: 36, state: 'WARNING', message: 'no database connection is free' },
  { process: 'GENESIS_CLUSTER', from: 18, to: 17.8, state: 'STARTING', message: 'a short restart' },
  { process: 'GENESIS_CLUSTER', from: 17, to: 16.8, state: 'STARTING', message: 'a short restart' },
  { process: 'GENESIS_CLUSTER', from: 16, to: 15.8, state: 'ERROR', message: 'it could not start' },
];

/** The gap without an exporter, in minutes before the start. */
const GAP = { from: 30, to: 26 } as const;

/** The made-up faults before the demo's start. */
export interface MadeUpOptions {
  readonly node: string;
  readonly processes: readonly string[];
  readonly startMs: number;
}

/** Adds a made-up hour to a history, so that there is something to see at once. Each message says that it is made up. */
export function withMadeUpHour(history: HistorySource, { node, processes, startMs }: MadeUpOptions): HistorySource {
  const at = (minutes: number): number => startMs - minutes * MINUTE_MS;
  const spans = [undefined, ...processes].flatMap((process) => spansOf(process));
  const events = TROUBLES.flatMap(eventsOf)
    .concat(gapEvent())
    .toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));

  function spansOf(process: string | undefined): readonly StateSpan[] {
    const good = process === undefined ? 'HEALTHY' : 'UP';
    const own = TROUBLES.filter((trouble) => process === undefined || trouble.process === process);
    const cuts = [60, GAP.from, GAP.to, 0, ...own.flatMap(({ from, to }) => [from, to])].toSorted((a, b) => b - a);
    return cuts.slice(0, -1).flatMap((from, index): readonly StateSpan[] => {
      const to = cuts[index + 1] ?? 0;
      if (from === to || from === GAP.from) return [];
      const trouble = own.find((one) => one.from === from);
      const state = trouble === undefined ? good : process === undefined ? 'UNHEALTHY' : trouble.state;
      const reason = trouble && (process === undefined ? 'process_unhealthy' : 'reported');
      const message = trouble === undefined ? '' : MADE_UP + trouble.message;
      const times = { fromMs: at(from), toMs: at(to) };
      return [{ node, process, ...times, state, healthy: trouble === undefined, reason, message }];
    });
  }

  function eventsOf({ process, from, to, state, message }: Trouble, index: number): readonly HistoryEvent[] {
    const common = { node, process, kind: 'state', betweenMs: undefined, message: MADE_UP + message } as const;
    const durationMs = (from - to) * MINUTE_MS;
    return [
      { ...common, id: -2 * index - 3, atMs: at(from), from: 'UP', to: state, reason: 'reported', durationMs },
      {
        ...common,
        id: -2 * index - 2,
        atMs: at(to),
        from: state,
        to: 'UP',
        reason: undefined,
        durationMs: at(0) - at(to),
      },
    ];
  }

  function gapEvent(): HistoryEvent {
    const durationMs = (GAP.from - GAP.to) * MINUTE_MS;
    const rest = { betweenMs: undefined, from: undefined, to: undefined, reason: undefined, durationMs };
    const message = `${MADE_UP}the exporter was restarted`;
    return { id: -1, node, process: undefined, kind: 'not_watched', atMs: at(GAP.from), message, ...rest };
  }

  return {
    async history(name, fromMs, toMs): Promise<NodeHistory | undefined> {
      const real = await history.history(name, fromMs, toMs);
      if (name !== node) return real;
      const madeUp = spans.filter((span) => span.fromMs < toMs && (span.toMs ?? toMs) > fromMs);
      const nothing = { node, fromMs, toMs, spans: [], lmdb: [], durations: [] };
      return { ...nothing, ...real, spans: [...madeUp, ...(real?.spans ?? [])] };
    },
    async events(query) {
      const real = await history.events(query);
      const isWanted = ({ process, from, to, atMs = 0 }: HistoryEvent): boolean =>
        (query.nodes.length === 0 || query.nodes.includes(node)) &&
        (query.processes.length === 0 || query.processes.includes(process ?? '')) &&
        (query.states.length === 0 || [from, to].some((state) => query.states.includes(state ?? ''))) &&
        atMs >= (query.fromMs ?? 0) &&
        atMs <= (query.toMs ?? Number.POSITIVE_INFINITY);
      if (real.next !== undefined) return real;
      return { events: [...real.events, ...events.filter(isWanted)].slice(0, query.limit), next: undefined };
    },
  };
}
