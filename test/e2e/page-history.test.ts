import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible, hasBrowser, openPage } from '../helpers/browser.ts';
import { poll, startConfigured } from '../helpers/exporter-process.ts';
import { startStandIn } from '../helpers/stand-in.ts';
import { barsOf, windowOf } from '../helpers/strip-bars.ts';

const ROUTER = 'GENESIS_ROUTER';
const STORE = 'GENESIS_AUTH_DATASERVER';
const NOTIFY = 'GENESIS_NOTIFY';

/** Long enough to be wider than a pixel of an hour. */
const LASTING_MS = 8000;

type Stretch = readonly [fromMs: number, toMs: number];

/** Tells a story on a stand-in node while an exporter watches: a death, a flap, a hang; gives when each was seen to begin and to end. */
async function tellStory() {
  const node = await startStandIn();
  const { url, kill, ended } = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 500ms
modules: {default: {connect: {processes: all, timeout: 500ms}}}
nodes: [{name: trading-a, health_url: "${node.healthUrl}"}]
`);
  async function seen(process: string, state: string): Promise<number> {
    await poll(async () => {
      const rows: unknown = await (await fetch(`${url}/health/status?process=${process}`)).json();
      return JSON.stringify(rows).includes(`"STATUS":"${state}"`) || undefined;
    });
    return Date.now();
  }
  await seen(ROUTER, 'UP');
  const startMs = Date.now();

  await node.kill(ROUTER);
  const deadMs = await seen(ROUTER, 'DOWN');
  await sleep(LASTING_MS);
  await node.restart(ROUTER);
  const death: Stretch = [deadMs, await seen(ROUTER, 'UP')];

  const flaps: Stretch[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    node.setStatus(STORE, 'ERROR');
    const beginMs = await seen(STORE, 'ERROR');
    node.setStatus(STORE, 'UP');
    flaps.push([beginMs, await seen(STORE, 'UP')]);
    await sleep(LASTING_MS);
  }

  node.setHealth({ kind: 'hang' });
  const silentMs = await seen(NOTIFY, 'UNKNOWN');
  await sleep(LASTING_MS);
  node.setHealth({ kind: 'normal' });
  const hang: Stretch = [silentMs, await seen(NOTIFY, 'UP')];
  return { url, kill, ended, startMs, death, flaps, hang };
}

/** Expects bars of a state where the story has them, to within two pixels, and each at least two wide. */
async function expectBars(page: Page, process: string, state: string, stretches: readonly Stretch[]): Promise<void> {
  const { fromMs, toMs, width } = await windowOf(page);
  const x = (ms: number): number => ((ms - fromMs) / (toMs - fromMs)) * width;
  const bars = await barsOf(page, process, state);
  expect(bars.length, `${process} ${state}`).toBe(stretches.length);
  for (const [index, [begin, end]] of stretches.entries()) {
    const [left = Number.NaN, right = Number.NaN] = bars[index] ?? [];
    expect(Math.abs(left - x(begin)), `${process} ${state} from`).toBeLessThanOrEqual(2);
    expect(Math.abs(right - x(end)), `${process} ${state} to`).toBeLessThanOrEqual(2);
    expect(right - left).toBeGreaterThanOrEqual(2);
  }
}

describe.skipIf(!hasBrowser())('the history of a node in a browser', () => {
  it('has a death, a flap and a hang where they were, with and without JavaScript', { timeout: 180_000 }, async () => {
    const { url, startMs, death, flaps, hang } = await tellStory();
    for (const javaScriptEnabled of [true, false]) {
      const { page, browser, complaints } = await openPage(`${url}/nodes/trading-a?window=1h`, { javaScriptEnabled });
      if (javaScriptEnabled) await page.getByText('Live', { exact: true }).waitFor();
      await expectBars(page, ROUTER, 'DOWN', [death]);
      await expectBars(page, STORE, 'ERROR', flaps);
      await expectBars(page, NOTIFY, 'UNKNOWN', [hang]);
      await expectBars(page, NOTIFY, 'NOT_WATCHED', [[(await windowOf(page)).fromMs, startMs]]);
      const incidents = page.locator('.incidents tbody tr');
      await incidents.filter({ hasText: ROUTER }).filter({ hasText: 'refused' }).waitFor();
      expect(await incidents.filter({ hasText: STORE }).count()).toBe(2);
      expect(await incidents.filter({ hasText: 'the node' }).filter({ hasText: 'UNKNOWN' }).count()).toBe(1);
      await page
        .locator('.events li', { hasText: ROUTER })
        .filter({ hasText: /UP → *DOWN/ })
        .waitFor();
      expect(complaints).toEqual([]);
      await browser.close();
    }

    const { page } = await openPage(url);
    await page.locator('.day').waitFor();
    await page.locator('.latest summary').click();
    const event = page.locator('.events li', { hasText: ROUTER }).filter({ hasText: /UP → *DOWN/ });
    await event.locator('a.when').click();
    await page.waitForURL(/\/events\?to=.*#event/);
    expect(await page.locator('.events li').first().innerText()).toContain(ROUTER);
    expect(await page.locator('li:target').innerText()).toMatch(/DOWN/);
    await expectAccessible(page);
    await page.getByLabel('State').selectOption('ERROR');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByText(STORE).first().waitFor();
    expect(await page.locator('.events li').filter({ hasText: ROUTER }).count()).toBe(0);
  });
});
