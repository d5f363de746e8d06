import type { NodeView } from '../domain/view.ts';
import { createFleetText } from './fleet-text.ts';
import { createPageVersion, type PageVersion } from './page-version.ts';

/** What a page is made from. */
export interface PageDeps {
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
  /** Says that views have changed: once somebody reads the page, they are rendered soon, and not in the hurry of the next reading. */
  prepare(): void;
}

/** How long changes gather before they are rendered: a node's health and its connects come one shortly after the other. */
const GATHER_MS = 250;

/** A page of which only what has changed is rendered again. */
export function createMetricsPage({ views, ownMetrics }: PageDeps): MetricsPage {
  const fleet = createFleetText();
  let isRead = false;
  let gathering: NodeJS.Timeout | undefined;
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
    const version = createPageVersion([...(await fleet.join()), tail]);
    latest = { own, edition, version };
    return version;
  }

  async function render(): Promise<PageVersion> {
    isRead = true;
    const version = atHand();
    if (version !== undefined) return version;
    waiting ??= inTurn(renderNow);
    return waiting;
  }

  function atHand(): PageVersion | undefined {
    const isCurrent = latest?.own === ownMetrics() && latest.edition === fleet.edition() && fleet.shows(views());
    return isCurrent ? latest?.version : undefined;
  }

  function prepare(): void {
    if (!isRead || gathering !== undefined) return;
    gathering = setTimeout(() => {
      gathering = undefined;
      // A bug that keeps a node from being rendered shows at the next reading.
      inTurn(() => fleet.update(views())).catch(() => undefined);
    }, GATHER_MS).unref();
  }

  return { render, atHand, prepare };
}
