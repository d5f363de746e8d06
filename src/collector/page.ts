import type { NodeView } from '../domain/view.ts';
import { createFleetText } from './fleet-text.ts';
import { createPageVersion, type PageVersion } from './page-version.ts';

/** What a page is made from. */
export interface PageDeps {
  /** All nodes; another list once anything about one of them is another. */
  readonly views: () => readonly NodeView[];
  /** The exporter's own families as text, ended by a newline; the same promise while they are the same. */
  readonly ownMetrics: () => Promise<string>;
}

/** The page of all nodes and of the exporter itself. */
export interface MetricsPage {
  /** The page as it is at the time of the call. */
  render(): Promise<PageVersion>;
  /** The same, when nothing has to be rendered for it. */
  atHand(): PageVersion | undefined;
}

/** A page of which only what has changed is rendered again. */
export function createMetricsPage({ views, ownMetrics }: PageDeps): MetricsPage {
  const fleet = createFleetText();
  let last: Promise<unknown> = Promise.resolve();
  /** A rendering that has not begun: it will have all that is known now. */
  let waiting: Promise<PageVersion> | undefined;
  let latest: { readonly own: Promise<string>; readonly edition: number; readonly version: PageVersion } | undefined;

  /** Does one thing after another. */
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
    const version = atHand();
    if (version !== undefined) return version;
    waiting ??= inTurn(renderNow);
    return waiting;
  }

  function atHand(): PageVersion | undefined {
    const isCurrent = latest?.own === ownMetrics() && latest.edition === fleet.edition() && fleet.shows(views());
    return isCurrent ? latest?.version : undefined;
  }

  return { render, atHand };
}
