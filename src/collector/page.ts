import type { NodeView } from '../domain/view.ts';
import { createFleetText } from './fleet-text.ts';
import { createPageVersion, type PageVersion } from './page-version.ts';

/** Inputs of the metrics page. */
export interface PageDeps {
  /** The views of all nodes. A new list whenever something about a node has changed. */
  readonly views: () => readonly NodeView[];
  /** The exporter's own families as text that ends with a newline. The same promise as long as the text is the same. */
  readonly ownMetrics: () => Promise<string>;
}

/** The page with the series of all nodes and of the exporter itself. */
export interface MetricsPage {
  /** The page with the state at the time of the call. */
  render(): Promise<PageVersion>;
  /** The same page if it needs no rendering; undefined otherwise. */
  readyVersion(): PageVersion | undefined;
}

/** Renders again only the parts of the page that have changed. */
export function createMetricsPage({ views, ownMetrics }: PageDeps): MetricsPage {
  const fleet = createFleetText();
  let last: Promise<unknown> = Promise.resolve();
  /** A rendering that has not begun yet: it will show the state of now, so later callers share it. */
  let waiting: Promise<PageVersion> | undefined;
  let latest: { readonly own: Promise<string>; readonly edition: number; readonly version: PageVersion } | undefined;

  /** Runs one work after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function renderNow(): Promise<PageVersion> {
    waiting = undefined;
    await fleet.update(views());
    const own = ownMetrics();
    const edition = fleet.edition();
    if (latest?.own === own && latest.edition === edition) return latest.version;
    const tail = Buffer.from(await own);
    const version = createPageVersion(await fleet.join(), tail);
    latest = { own, edition, version };
    return version;
  }

  async function render(): Promise<PageVersion> {
    const version = readyVersion();
    if (version !== undefined) return version;
    waiting ??= inTurn(renderNow);
    return waiting;
  }

  function readyVersion(): PageVersion | undefined {
    const isCurrent = latest?.own === ownMetrics() && latest.edition === fleet.edition() && fleet.shows(views());
    return isCurrent ? latest?.version : undefined;
  }

  return { render, readyVersion };
}
