import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMetricsPage } from '../../src/collector/page.ts';
import type { PageVersion } from '../../src/collector/page-version.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { aNode, aReport, good } from '../domain/builders.ts';
import { healthOffView, pendingView, sampleView, troubledView, unreachableView } from '../helpers/example-views.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';
import { viewAfter } from '../helpers/views.ts';

function pageOf(...views: readonly NodeView[]) {
  return createMetricsPage({ views: () => views, ownMetrics: noOwn });
}

function text({ chunks }: PageVersion): string {
  return Buffer.concat(chunks()).toString();
}

async function textOf(...views: readonly NodeView[]): Promise<string> {
  return text(await pageOf(...views).render());
}

/** The exporter says nothing of itself, again and again. */
const nothing = Promise.resolve('');
const noOwn = () => nothing;

const everything = () => [sampleView(), troubledView(), unreachableView(), pendingView(), healthOffView()];

describe('the metrics page', () => {
  it('is the golden page for the sample', async () => {
    await expect(await textOf(sampleView())).toMatchFileSnapshot('../golden/sample.prom');
  });

  it('is the golden page for nodes in every kind of trouble', async () => {
    await expect(await textOf(...everything())).toMatchFileSnapshot('../golden/trouble.prom');
  });

  it.skipIf(!hasPromtool())('has nothing that promtool finds fault with', async () => {
    expect(lintMetrics(await textOf(...everything()))).toBe('');
    expect(lintMetrics('# TYPE bad_total gauge\nbad_total 1\n')).not.toBe('');
  });

  it('has no family twice and no series twice', async () => {
    const lines = (await textOf(...everything())).trimEnd().split('\n');
    const heads = lines.filter((line) => line.startsWith('# TYPE'));
    const series = lines.filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(heads).size).toBe(heads.length);
    expect(new Set(series).size).toBe(series.length);
    expect(series.length).toBeGreaterThan(200);
  });

  it('gives two readers at once, and later ones while nothing changes, the same bytes', async () => {
    const page = pageOf(sampleView());
    const [first, second] = await Promise.all([page.render(), page.render()]);
    expect(second).toBe(first);
    expect((await page.render()).chunks()[0]).toBe(first.chunks()[0]);
  });

  it('shows a change at the next reading, and drops the series of a node that is gone', async () => {
    let views: readonly NodeView[] = [sampleView(), unreachableView()];
    const page = createMetricsPage({ views: () => views, ownMetrics: noOwn });
    const before = text(await page.render());
    const changed = viewAfter(aNode({ name: 'sample' }), [[1, { health: good(1, aReport('NEW')) }]], 2);
    views = [changed];
    const after = text(await page.render());
    expect(before).toContain('genesis_node="unreachable"');
    expect(after).not.toContain('genesis_node="unreachable"');
    expect(after).toContain('genesis_process_healthy{genesis_node="sample",process="NEW"} 1');
    expect(after).toBe(await textOf(changed));
  });

  it('puts nodes in the order of the configuration, also when the order alone has changed', async () => {
    const [a, b] = [sampleView(), unreachableView()];
    let views: readonly NodeView[] = [a, b];
    const page = createMetricsPage({ views: () => views, ownMetrics: noOwn });
    await page.render();
    views = [b, a];
    expect(text(await page.render())).toBe(await textOf(b, a));
  });

  it('shows a reader all that was known when it came, also while another rendering is under way', async () => {
    let views: readonly NodeView[] = [sampleView()];
    let goOn = (): void => {};
    const gate = new Promise<string>((resolve) => {
      goOn = () => resolve('');
    });
    const ownMetrics = vi.fn(() => gate);
    const page = createMetricsPage({ views: () => views, ownMetrics });
    const first = page.render();
    await vi.waitFor(() => expect(ownMetrics).toHaveBeenCalled());
    views = [unreachableView()];
    const second = page.render();
    goOn();
    expect(text(await first)).not.toContain('genesis_node="unreachable"');
    expect(text(await second)).toBe(await textOf(unreachableView()));
  });

  it('loses no change when a rendering was broken off', async () => {
    let views: readonly NodeView[] = [sampleView(), unreachableView()];
    const page = createMetricsPage({ views: () => views, ownMetrics: noOwn });
    await page.render();
    const changed = viewAfter(aNode({ name: 'sample' }), [[1, { health: good(1, aReport('NEW')) }]], 2);
    const [, same] = views;
    if (same === undefined) throw new Error('no view');
    const broken = {
      ...same,
      get processes(): never {
        throw new Error('a bug');
      },
    };
    views = [changed, broken];
    await expect(page.render()).rejects.toThrow('a bug');
    expect(page.readyVersion()).toBeUndefined();
    views = [changed, same];
    expect(page.readyVersion()).toBeUndefined();
    expect(text(await page.render())).toBe(await textOf(changed, same));
    expect(page.readyVersion()).toBe(await page.render());
  });

  it('lets others have their turn while a large page is made', async () => {
    const views = Array.from({ length: 300 }, (_, index) => {
      const reports = Array.from({ length: 8 }, (_, process) => aReport(`PROCESS_${process}`));
      return viewAfter(aNode({ name: `node-${index}` }), [[1, { health: good(1, ...reports) }]], 2);
    });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    onTestFinished(() => clearInterval(timer));
    await pageOf(...views).render();
    expect(turns).toBeGreaterThan(0);
  });

  it('gives a large version as chunks at first, and the nodes as one chunk to later scrapes, also in later versions', async () => {
    const views = Array.from({ length: 300 }, (_, index) =>
      viewAfter(aNode({ name: `node-${index}` }), [[1, { health: good(1, aReport('A')) }]], 2),
    );
    let own = Promise.resolve('own 1\n');
    const page = createMetricsPage({ views: () => views, ownMetrics: () => own });
    const version = await page.render();
    expect(version.chunks().length).toBeGreaterThan(10);
    const before = text(version);
    await vi.waitFor(() => expect(version.chunks()).toHaveLength(2));
    expect(text(version)).toBe(before);
    own = Promise.resolve('own 2\n');
    const later = await page.render();
    expect(later.chunks()[0]).toBe(version.chunks()[0]);
    expect(text(later)).toBe(before.replace('own 1', 'own 2'));
  });

  it('compresses a version once, small or large', async () => {
    const many = Array.from({ length: 40 }, (_, i) => {
      const reports = Array.from({ length: 20 }, (_, j) => aReport(`PROCESS_${j}`));
      return viewAfter(aNode({ name: `node-${i}` }), [[1, { health: good(1, ...reports) }]], 2);
    });
    for (const views of [[sampleView()], many]) {
      const page = await pageOf(...views).render();
      const [first, second] = await Promise.all([page.gzipped(), page.gzipped()]);
      expect(second).toBe(first);
      expect(gunzipSync(first).toString()).toBe(text(page));
    }
  });
});
