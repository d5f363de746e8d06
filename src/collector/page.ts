import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { NodeView } from '../domain/view.ts';
import { FAMILIES, familyHead } from './metrics-table.ts';
import { createTargetPage, type TargetPage } from './target-page.ts';

/** One version of the metrics page: whoever asks while nothing changes gets the same bytes. */
export interface PageVersion {
  readonly body: Buffer;
  /** The body compressed; made once for each version, when first asked for. */
  gzipped(): Promise<Buffer>;
}

/** What a page is made from. */
export interface PageDeps {
  readonly views: () => readonly NodeView[];
  /** The exporter's own families as text, ended by a newline. */
  readonly ownMetrics: () => Promise<string>;
}

/** The page of all nodes and of the exporter itself. */
export interface MetricsPage {
  render(): Promise<PageVersion>;
}

interface Target {
  readonly page: TargetPage;
  view: NodeView | undefined;
  texts: readonly string[];
}

/** Above this a compression goes off the event loop. */
const SMALL_BYTES = 64 * 1024;
const GZIP_OPTIONS = { level: 1 } as const;
const gzipInThread = promisify(gzip);

/** A page that renders a node again only when its view has changed, and a family only when the text of a node has. */
export function createMetricsPage({ views, ownMetrics }: PageDeps): MetricsPage {
  const families = FAMILIES.map((family) => ({ head: familyHead(family), body: Buffer.alloc(0) }));
  let targets = new Map<string, Target>();
  let latest: PageVersion | undefined;
  let latestOwn = '';
  let rendering: Promise<PageVersion> | undefined;

  async function renderTargets(current: readonly NodeView[]): Promise<ReadonlySet<number>> {
    const dirty = new Set<number>();
    const next = new Map<string, Target>();
    for (const view of current) {
      const { name } = view.snapshot.node;
      next.set(name, targets.get(name) ?? { page: createTargetPage(), view: undefined, texts: [] });
    }
    if ([...next.keys()].join('\n') !== [...targets.keys()].join('\n')) markAll(dirty);
    targets = next;
    for (const view of current) {
      const target = next.get(view.snapshot.node.name);
      if (target === undefined || target.view === view) continue;
      const texts = await target.page.render(view);
      texts.forEach((text, index) => {
        if (text !== target.texts[index]) dirty.add(index);
      });
      target.view = view;
      target.texts = texts;
    }
    return dirty;
  }

  function markAll(dirty: Set<number>): void {
    for (let index = 0; index < families.length; index++) dirty.add(index);
  }

  function joinFamilies(dirty: ReadonlySet<number>): void {
    const all = [...targets.values()];
    families.forEach((family, index) => {
      if (!dirty.has(index)) return;
      const lines = all.map(({ texts }) => texts[index] ?? '').join('');
      family.body = Buffer.from(lines === '' ? '' : family.head + lines);
    });
  }

  async function renderNow(): Promise<PageVersion> {
    const dirty = await renderTargets(views());
    const own = await ownMetrics();
    if (latest !== undefined && dirty.size === 0 && own === latestOwn) return latest;
    joinFamilies(dirty);
    latestOwn = own;
    latest = createVersion(Buffer.concat([...families.map(({ body }) => body), Buffer.from(own)]));
    return latest;
  }

  function render(): Promise<PageVersion> {
    rendering ??= renderNow().finally(() => {
      rendering = undefined;
    });
    return rendering;
  }

  return { render };
}

function createVersion(body: Buffer): PageVersion {
  let compressed: Promise<Buffer> | undefined;

  async function compress(): Promise<Buffer> {
    return body.length <= SMALL_BYTES ? gzipSync(body, GZIP_OPTIONS) : gzipInThread(body, GZIP_OPTIONS);
  }

  function gzipped(): Promise<Buffer> {
    compressed ??= compress();
    return compressed;
  }

  return { body, gzipped };
}
