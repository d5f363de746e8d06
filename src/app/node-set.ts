import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { assembleNodes } from '../config/assemble-nodes.ts';
import type { DiscoveredTarget } from '../config/discovered-node.ts';
import type { Config, DnsSdOptions, FileSdOptions, HttpSdOptions, NodeSettings } from '../config/settings.ts';
import type { HomeReading } from '../domain/home-reading.ts';
import type { Log } from '../domain/log.ts';

/** Watches one discovery source until `close()`. */
export interface Watch {
  /** Resolves after the first read of the source, successful or not. */
  readonly ready: Promise<void>;
  close(): void | Promise<void>;
}

/** Starts to watch each kind of source. */
export interface Watchers {
  fileSd(options: FileSdOptions, onTargets: (targets: readonly DiscoveredTarget[]) => void): Promise<Watch>;
  httpSd(options: HttpSdOptions, onTargets: (targets: readonly DiscoveredTarget[]) => void): Promise<Watch>;
  dnsSd(options: DnsSdOptions, onTargets: (targets: readonly DiscoveredTarget[]) => void): Promise<Watch>;
  home(path: string, onReading: (reading: HomeReading) => void): Promise<Watch>;
}

/** What a node set works with. */
export interface NodeSetDeps {
  readonly watchers: Watchers;
  readonly log: Log;
  /** Receives all nodes whenever they may have changed. */
  readonly onNodes: (nodes: readonly NodeSettings[]) => void;
  /** Receives each source that is no longer watched. */
  readonly onSourceGone: (source: string) => void;
  /** How long to wait for the first read of new sources, so that their nodes exist from the start. Default: 2 s. */
  readonly firstReadingMs?: number;
}

/** The nodes that a configuration names, and its sources with it. */
export interface NodeSet {
  /** Applies a configuration. Sources that the old configuration had too go on with their last targets. */
  apply(config: Config): Promise<void>;
  nodes(): readonly NodeSettings[];
  close(): Promise<void>;
}

const FIRST_READING_MS = 2000;

interface Source<T> {
  readonly options: unknown;
  readonly watch: Promise<Watch>;
  latest: T | undefined;
}

/** A set without nodes. */
export function createNodeSet(deps: NodeSetDeps): NodeSet {
  const { watchers, log, onNodes, onSourceGone, firstReadingMs = FIRST_READING_MS } = deps;
  let config: Config | undefined;
  let nodes: readonly NodeSettings[] = [];
  let discovered = new Map<string, Source<readonly DiscoveredTarget[]>>();
  let homes = new Map<string, Source<HomeReading>>();
  let told: readonly string[] = [];

  function assemble(): void {
    if (config === undefined) return;
    const assembled = assembleNodes(config, latestOf(discovered), latestOf(homes));
    nodes = assembled.nodes;
    for (const problem of assembled.problems) {
      if (!told.includes(problem)) log.warn({ problem }, 'node left out');
    }
    told = assembled.problems;
    onNodes(nodes);
  }

  /** The watched source with these options, or a new one. */
  function keep<T>(
    known: Source<T> | undefined,
    options: unknown,
    start: (onLatest: (latest: T) => void) => Promise<Watch>,
  ): Source<T> {
    if (known !== undefined && isDeepStrictEqual(known.options, options)) return known;
    const source: Source<T> = {
      options,
      latest: undefined,
      watch: start((latest) => {
        source.latest = latest;
        if (isInForce(source)) assemble();
      }),
    };
    return source;
  }

  /** Whether a source is in use. A source that is being prepared or removed changes nothing. */
  function isInForce(source: unknown): boolean {
    return [...discovered.values(), ...homes.values()].some((known) => known === source);
  }

  async function apply(next: Config): Promise<void> {
    const nextDiscovered = new Map<string, Source<readonly DiscoveredTarget[]>>();
    function keepAll<T extends { readonly source: string }>(
      sources: readonly T[],
      start: (options: T, onTargets: (targets: readonly DiscoveredTarget[]) => void) => Promise<Watch>,
    ): void {
      for (const options of sources) {
        const known = discovered.get(options.source);
        nextDiscovered.set(
          options.source,
          keep(known, options, (on) => start(options, on)),
        );
      }
    }
    keepAll(next.fileSd, watchers.fileSd);
    keepAll(next.httpSd, watchers.httpSd);
    keepAll(next.dnsSd, watchers.dnsSd);
    const paths = new Set(next.nodes.map(({ genesisHome }) => genesisHome).filter((path) => path !== undefined));
    const nextHomes = new Map<string, Source<HomeReading>>();
    for (const path of paths)
      nextHomes.set(
        path,
        keep(homes.get(path), path, (on) => watchers.home(path, on)),
      );
    await firstReadings([...nextDiscovered.values(), ...nextHomes.values()], firstReadingMs);

    const before = [...discovered, ...homes];
    config = next;
    discovered = nextDiscovered;
    homes = nextHomes;
    for (const [name, source] of before) {
      if (isInForce(source)) continue;
      (await source.watch).close();
      if (!nextDiscovered.has(name)) onSourceGone(name);
    }
    assemble();
  }

  async function close(): Promise<void> {
    const watches = await Promise.all([...discovered.values(), ...homes.values()].map(({ watch }) => watch));
    config = undefined;
    await Promise.all(watches.map((watch) => watch.close()));
  }

  return { apply, nodes: () => nodes, close };
}

function latestOf<T>(sources: ReadonlyMap<string, Source<T>>): ReadonlyMap<string, T> {
  const latest = new Map<string, T>();
  for (const [name, source] of sources) if (source.latest !== undefined) latest.set(name, source.latest);
  return latest;
}

async function firstReadings(sources: readonly Source<unknown>[], patienceMs: number): Promise<void> {
  if (sources.length === 0) return;
  const all = Promise.all(sources.map(async ({ watch }) => (await watch).ready));
  const patience = new AbortController();
  await Promise.race([all, pause(patienceMs, undefined, { signal: patience.signal })]).finally(() => patience.abort());
}
