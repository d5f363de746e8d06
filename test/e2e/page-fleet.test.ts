import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser, openPage } from '../helpers/browser.ts';
import { SAMPLE } from '../helpers/example-views.ts';
import { poll, startConfigured } from '../helpers/exporter-process.ts';

const NODES = 1000;
const POLLS = 3;

/** A thousand nodes of eight processes, the last of which can be made to fail, and an exporter on them. */
async function setUp() {
  const state = { isLastBad: false };
  const server = createServer((request, response) => {
    const isBad = state.isLastBad && request.url?.startsWith(`/${NODES - 1}/`);
    response.end(isBad ? SAMPLE.replace('"STATUS":"UP"', '"STATUS":"DOWN"') : SAMPLE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // The address of a TCP server that listens is never a string or null.
  const { port } = server.address() as AddressInfo;
  const lines = Array.from({ length: NODES }, (_, index) => {
    return `  - {name: node-${index}, health_url: "http://127.0.0.1:${port}/${index}/health/status"}`;
  });
  const { url } = await startConfigured(`scrape_interval: 15s\nnodes:\n${lines.join('\n')}\n`);
  await poll(async () => (await fetch(`${url}/-/ready`)).ok || undefined);
  return { state, url };
}

/** How long the page's main thread was at work, by its own clock of work done: a busy machine does not count. */
async function workMs(page: Page, during: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const beforeMs = await read();
  await during();
  return (await read()) - beforeMs;
}

function nextAnswer(page: Page): Promise<unknown> {
  return page.waitForResponse((response) => response.url().includes('/api/v1/nodes?since='));
}

describe.skipIf(!hasBrowser())('the status page of a thousand nodes', () => {
  it('costs an update less than 100 ms of the main thread', async () => {
    const { url } = await setUp();
    const { page, complaints } = await openPage(url);
    await nextAnswer(page);
    const spentMs = await workMs(page, async () => {
      for (let polls = 0; polls < POLLS; polls += 1) await nextAnswer(page);
    });
    expect(spentMs / POLLS).toBeLessThan(100);
    expect(spentMs).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('is small enough to be painted at once', async () => {
    const { url } = await setUp();
    const { page } = await openPage(`${url}/config`);
    const spentMs = await workMs(page, () => page.goto(url, { waitUntil: 'domcontentloaded' }));
    expect(spentMs).toBeLessThan(1000);
    expect((await (await fetch(url)).text()).length).toBeLessThan(1_000_000);
  });

  it('shows a change of one node, what is folded, and the node that is looked for', async () => {
    const { state, url } = await setUp();
    const { page } = await openPage(`${url}/#process:node-500/GENESIS_NOTIFY`);
    await page.getByRole('rowheader', { name: 'GENESIS_NOTIFY' }).waitFor();
    state.isLastBad = true;
    await page.locator('#problems').getByText('GENESIS_AUTH_MANAGER').waitFor();
    expect(await page.locator('.node').last().locator('tbody tr').count()).toBe(0);
    await page.locator('#problems a').first().click();
    await page.locator('.node').last().locator('td:first-child .state.DOWN').waitFor();
    await page.getByLabel('Text').fill('node-77');
    await page.getByText(`11 of ${NODES} nodes`).waitFor();
    expect(await page.locator('.node:visible').count()).toBe(11);
    await page.getByLabel('Text').fill('');
    await page
      .locator('.node:visible')
      .nth(NODES - 1)
      .waitFor();
  });
});
