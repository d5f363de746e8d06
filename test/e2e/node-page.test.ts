import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { StateSpan } from '../../src/domain/history.ts';
import { spansWithin } from '../../src/page/strip-shapes.ts';
import { aNode, aReport, good } from '../domain/builders.ts';
import { closeAppsAfterEach } from '../helpers/app.ts';
import { expectAccessible, hasBrowser, openPage } from '../helpers/browser.ts';
import { sampleView } from '../helpers/example-views.ts';
import { eventually } from '../helpers/exporter-process.ts';
import { startLiveApp } from '../helpers/live-app.ts';
import { barsOf, windowOf } from '../helpers/strip-bars.ts';
import { viewAfter } from '../helpers/views.ts';

closeAppsAfterEach();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ROUTER = 'GENESIS_ROUTER';

/** A node's view now, its router in this state. */
function aView(state: 'UP' | 'DOWN' = 'UP', name = 'trading-a') {
  const health = good(1000, aReport(ROUTER, { state, status: state }), aReport('GENESIS_NOTIFY'));
  return viewAfter(aNode({ name }), [[1000, { health }]], 2000);
}

function span(
  process: string | undefined,
  fromMs: number,
  toMs: number | undefined,
  state: StateSpan['state'],
): StateSpan {
  const healthy = state === 'UP' || state === 'HEALTHY';
  return { node: 'trading-a', process, fromMs, toMs, state, healthy, reason: undefined, message: '' };
}

/** A death of half a minute, a restart of the exporter, a flap, a hang, and all well since; each time in minutes before now. */
function story(nowMs: number): StateSpan[] {
  const ago = (minutes: number): number => nowMs - minutes * MINUTE;
  const router = [
    span(ROUTER, ago(50), ago(45), 'UP'),
    span(ROUTER, ago(45), ago(44.5), 'DOWN'),
    span(ROUTER, ago(44.5), ago(40), 'UP'),
    span(ROUTER, ago(35), ago(30), 'UP'),
    ...[0, 1, 2].flatMap((turn) => [
      span(ROUTER, ago(30 - turn / 2), ago(29.9 - turn / 2), 'ERROR'),
      span(ROUTER, ago(29.9 - turn / 2), ago(29.5 - turn / 2), 'UP'),
    ]),
    span(ROUTER, ago(28.5), ago(20), 'UP'),
    span(ROUTER, ago(20), ago(15), 'UNKNOWN'),
    span(ROUTER, ago(15), undefined, 'UP'),
  ];
  return [...router, span(undefined, ago(50), undefined, 'HEALTHY'), span('GENESIS_NOTIFY', ago(50), undefined, 'UP')];
}

async function expectStory(page: Page): Promise<void> {
  const { fromMs, toMs, width } = await windowOf(page);
  const expected = new Map<string, [number, number][]>();
  const x = (ms: number): number => ((ms - fromMs) / (toMs - fromMs)) * width;
  const spans = story(toMs).filter(({ process }) => process === ROUTER);
  const closed = spans.map((one) => ({ ...one, toMs: one.toMs ?? toMs }));
  for (const one of spansWithin(closed, { fromMs, toMs })) {
    expected.set(one.state, [...(expected.get(one.state) ?? []), [x(one.fromMs), x(one.toMs)]]);
  }
  expect(expected.get('NOT_WATCHED')).toHaveLength(2);
  for (const [state, bars] of expected) {
    const found = await barsOf(page, ROUTER, state);
    expect(found.length, state).toBe(bars.length);
    for (const [index, [left, right]] of bars.entries()) {
      expect(Math.abs((found[index]?.[0] ?? Number.NaN) - left), `${state} from`).toBeLessThanOrEqual(2);
      expect(Math.abs((found[index]?.[1] ?? Number.NaN) - right), `${state} to`).toBeLessThanOrEqual(2);
      expect((found[index]?.[1] ?? 0) - (found[index]?.[0] ?? 0)).toBeGreaterThanOrEqual(2);
    }
  }
}

/** The story so far on a page of one hour. */
async function setUp(options: Parameters<typeof openPage>[1] = {}) {
  const app = await startLiveApp([aView()]);
  app.past.spans = story(Date.now());
  return { ...app, ...(await openPage(`${app.url}/nodes/trading-a?window=1h`, options)) };
}

function readout(page: Page): Promise<string> {
  return page.locator('#readout').innerText();
}

describe.skipIf(!hasBrowser())('the page of a node in a browser', () => {
  it.each([
    [1440, true],
    [1440, false],
    [390, true],
    [390, false],
  ])(
    'has the story on its strip to within two pixels, %i wide, with JavaScript: %s',
    async (width, javaScriptEnabled) => {
      const { page, complaints } = await setUp({ javaScriptEnabled, viewport: { width, height: 800 } });
      if (javaScriptEnabled) await page.getByText('Live', { exact: true }).waitFor();
      await expectStory(page);
      expect(complaints).toEqual([]);
    },
  );

  it('tells in words what the strip shows, without JavaScript too', async () => {
    const { page } = await setUp({ javaScriptEnabled: false });
    await page.getByText('As text', { exact: true }).click();
    const text = await page.locator('#as-text pre').innerText();
    expect(text).toMatch(/DOWN for 30 s/);
    expect(text).toMatch(/not watched for 5 min/);
    expect(text).toMatch(/UNKNOWN for 5 min/);
    expect(await page.locator('#copy').isHidden()).toBe(true);
    await page.getByRole('link', { name: '7 days' }).click();
    await page.getByRole('heading', { name: 'The last 7 days times in UTC' }).waitFor();
  });

  it('reads the strip out under the pointer and by arrow keys', async () => {
    const { page } = await setUp({ timezoneId: 'America/New_York' });
    await page.getByText('Live', { exact: true }).waitFor();
    const track = page.locator(`.track[data-label="${ROUTER}"]`);
    const box = await track.boundingBox();
    if (box === null) throw new Error('the strip is not shown');
    await page.mouse.move(box.x + box.width * 0.71, box.y + box.height / 2);
    expect(await readout(page)).toMatch(/^GENESIS_ROUTER UNKNOWN for 5 min, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d to /);
    await page.mouse.move(box.x + box.width * 0.25, box.y + 2);
    expect(await readout(page)).toContain('DOWN for 30 s');

    await page.getByRole('slider').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await readout(page)).toMatch(/^GENESIS_ROUTER UP for 15 min/);
    await page.keyboard.press('ArrowLeft');
    expect(await readout(page)).toMatch(/^GENESIS_ROUTER UNKNOWN for 5 min/);
    expect(await track.getAttribute('aria-valuetext')).toMatch(/^UNKNOWN for 5 min/);
    await page.keyboard.press('Home');
    expect(await readout(page)).toMatch(/^GENESIS_ROUTER not watched for /);
  });

  it('grows at its right, takes over what has happened, and keeps focus, scroll and what is unfolded', async () => {
    const { page, views, past, complaints } = await setUp({ viewport: { width: 1280, height: 400 } });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('As text', { exact: true }).click();
    const slider = page.locator(`.track[data-label="${ROUTER}"]`);
    await slider.focus();
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    // Where the reader looks nothing moves, whatever becomes longer above.
    const topOf = async () => (await slider.boundingBox())?.y ?? Number.NaN;
    const top = await topOf();
    past.spans = past.spans.flatMap((one) => {
      if (one.process !== ROUTER || one.toMs !== undefined) return [one];
      return [{ ...one, toMs: Date.now() }, span(ROUTER, Date.now(), undefined, 'DOWN')];
    });
    views[0] = aView('DOWN');
    await page.locator('#problems .state.DOWN').waitFor();
    await eventually(async () => expect(await barsOf(page, ROUTER, 'DOWN')).toHaveLength(2));
    const [, [left = 0, right = 0] = []] = await barsOf(page, ROUTER, 'DOWN');
    await eventually(async () => {
      const [, [laterLeft = 0, laterRight = 0] = []] = await barsOf(page, ROUTER, 'DOWN');
      expect(laterRight).toBeGreaterThanOrEqual(right - 1);
      expect(laterLeft).toBeLessThan(left);
    }, 30_000);
    expect(Math.abs((await topOf()) - top)).toBeLessThanOrEqual(1);
    expect(await page.evaluate('document.activeElement.dataset.label')).toBe(ROUTER);
    expect(await page.locator('#as-text[open]').count()).toBe(1);
    expect(await page.title()).toBe('trading-a not healthy – Genesis');
    expect(complaints).toEqual([]);
  });

  it('copies its text', async () => {
    const { page, url } = await setUp({ permissions: ['clipboard-read', 'clipboard-write'] });
    expect(url).toContain('127.0.0.1');
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^trading-a, .* UTC to .* UTC \(1 h\)\n/);
  });

  it("shows times by the reader's clock, and by UTC without JavaScript", async () => {
    const { page, url } = await setUp({ timezoneId: 'Asia/Tokyo' });
    await page.getByRole('heading', { name: 'times in Asia/Tokyo' }).waitFor();
    const begin = page.locator('#incidents time').first();
    const iso = (await begin.getAttribute('datetime')) ?? '';
    const local = new Date(Date.parse(iso) + 9 * HOUR).toISOString().slice(0, 19).replace('T', ' ');
    expect(await begin.innerText()).toBe(local);
    await begin.hover();
    expect(await begin.getAttribute('title')).toMatch(/^\d+ min ago, /);
    const { page: bare } = await openPage(`${url}/nodes/trading-a?window=1h`, { javaScriptEnabled: false });
    await bare.getByRole('heading', { name: 'times in UTC' }).waitFor();
    expect(await bare.locator('#incidents time').first().innerText()).toMatch(iso.slice(0, 10));
  });

  it.each([{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const)(
    'is accessible with %o, wide and on a phone, and never scrolls sideways',
    async (options) => {
      const long = `prod-namespace/${'genesis-application-server-'.repeat(4)}0.svc.cluster.local:4569`;
      const health = good(
        1000,
        aReport('GENESIS_A_NAME_WITHOUT_A_BLANK_'.repeat(4), { state: 'DOWN', status: 'DOWN' }),
      );
      const view = viewAfter(aNode({ name: long }), [[1000, { health }]], 2000);
      const app = await startLiveApp([aView(), sampleView(), view]);
      app.past.spans = story(Date.now());
      app.past.lmdb = [{ process: ROUTER, store: 0, atMs: Date.now() - HOUR, usedRatio: 0.8, totalBytes: 2 ** 31 }];
      const event = {
        node: long,
        process: undefined,
        betweenMs: undefined,
        message: 'x'.repeat(300),
        durationMs: 1000,
      };
      app.past.events = [
        { ...event, id: 1, kind: 'state', atMs: Date.now(), from: 'HEALTHY', to: 'UNHEALTHY', reason: 'genesis_503' },
        { ...event, id: 2, kind: 'not_watched', atMs: 0, from: undefined, to: undefined, reason: undefined },
      ];
      for (const path of ['/nodes/trading-a?window=1h', `/nodes/${encodeURIComponent(long)}`, '/events', '/']) {
        const { page, browser } = await openPage(app.url + path, options);
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 740 });
          await expectAccessible(page);
          expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} ${width}`).toBeLessThanOrEqual(
            width,
          );
        }
        await browser.close();
      }
    },
  );
});
