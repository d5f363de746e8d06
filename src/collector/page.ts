import { END_OF_OPEN_METRICS, type ExpositionFormat, toOpenMetrics } from '../domain/exposition.ts';
import type { NodeView } from '../domain/view.ts';
import { createFleetText } from './fleet-text.ts';
import { createPageVersion, type PageVersion } from './page-version.ts';

/** Inputs of the metrics page. */
export interface PageDeps {
  /** The views of all nodes. A new list whenever something about a node has changed. */
  readonly views: () => readonly NodeView[];
  /** The exporter's own families as text that ends with a newline. The same promise as long as the text is the same. */
  readonly ownMetrics: () => Promise<string>;
  /** Seconds since the epoch when the exporter's own counters began; undefined where that is not known. */
  readonly startedSeconds?: number;
}

/** The page with the series of all nodes and of the exporter itself. */
export interface MetricsPage {
  /** The page with the state at the time of the call. */
  render(format?: ExpositionFormat): Promise<PageVersion>;
  /** The same page if it needs no rendering; undefined otherwise. */
  readyVersion(format?: ExpositionFormat): PageVersion | undefined;
}

/** One format of the page. */
interface Edition {
  /** A rendering that has not begun yet: it will show the state of now, so later callers share it. */
  waiting: Promise<PageVersion> | undefined;
  latest: { readonly own: Promise<string>; readonly edition: number; readonly version: PageVersion } | undefined;
}

/** Renders again only the parts of the page that have changed; the formats share the lines of samples. */
export function createMetricsPage({ views, ownMetrics, startedSeconds }: PageDeps): MetricsPage {
  const fleet = createFleetText();
  let last: Promise<unknown> = Promise.resolve();
  const editions: Readonly<Record<ExpositionFormat, Edition>> = {
    text: { waiting: undefined, latest: undefined },
    openmetrics: { waiting: undefined, latest: undefined },
  };

  /** Runs one work after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function renderNow(format: ExpositionFormat): Promise<PageVersion> {
    const state = editions[format];
    state.waiting = undefined;
    await fleet.update(views());
    const own = ownMetrics();
    const edition = fleet.edition();
    const { latest } = state;
    if (latest?.own === own && latest.edition === edition) return latest.version;
    const tail = format === 'text' ? await own : toOpenMetrics(await own, startedSeconds) + END_OF_OPEN_METRICS;
    const version = createPageVersion(await fleet.join(format), Buffer.from(tail));
    state.latest = { own, edition, version };
    return version;
  }

  async function render(format: ExpositionFormat = 'text'): Promise<PageVersion> {
    const version = readyVersion(format);
    if (version !== undefined) return version;
    const state = editions[format];
    state.waiting ??= inTurn(() => renderNow(format));
    return state.waiting;
  }

  function readyVersion(format: ExpositionFormat = 'text'): PageVersion | undefined {
    const { latest } = editions[format];
    const isCurrent = latest?.own === ownMetrics() && latest.edition === fleet.edition() && fleet.shows(views());
    return isCurrent ? latest?.version : undefined;
  }

  return { render, readyVersion };
}
