import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { StandInNode } from '../../src/stand-in/stand-in-node.ts';
import { expectAccessible, hasBrowser, openPage } from '../helpers/browser.ts';
import { poll, startMain, temporaryFile } from '../helpers/exporter-process.ts';
import { freePort } from '../helpers/prometheus-server.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const ROUTER = 'GENESIS_ROUTER';
const STORE = 'GENESIS_AUTH_DATASERVER';

/** An exporter that can be killed and started again where it was, on a stand-in node. */
async function setUp() {
  const node = await startStandIn();
  const config = temporaryFile('genesis.yml', configOf([node]));
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  async function start() {
    const { kill, ended } = startMain([`--web.listen-address=${address}`, `--config.file=${config}`]);
    await poll(async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok || undefined);
    return { kill, ended };
  }
  return { node, url, start, exporter: await start() };
}

function configOf(nodes: readonly StandInNode[]): string {
  const lines = nodes.map(({ healthUrl }, index) => `  - {name: node-${index}, health_url: "${healthUrl}"}`);
  return `
scrape_interval: 1s
scrape_timeout: 500ms
modules: {default: {connect: {processes: all, timeout: 500ms}}}
nodes:
${lines.join('\n')}
`;
}

function row(page: Page, process: string) {
  return page.locator('tbody tr', { has: page.getByRole('rowheader', { name: process }) });
}

function problems(page: Page) {
  return page.locator('#problems');
}

describe.skipIf(!hasBrowser())('the status page in a browser', () => {
  it('follows what happens on a node', async () => {
    const { node, url } = await setUp();
    const { page, complaints } = await openPage(url);
    await problems(page).getByText('No problems').waitFor();

    node.setStatus(STORE, 'WARNING');
    await row(page, STORE).locator('.state.WARNING').first().waitFor();
    await problems(page).getByText(STORE).waitFor();

    node.setLmdb(STORE, 96);
    await row(page, STORE).getByText('96 % of 2 GB').waitFor();
    expect(await row(page, STORE).getByRole('meter').getAttribute('value')).toBe('0.96');

    await node.kill(ROUTER);
    await row(page, ROUTER).locator('td:first-child .state.DOWN').waitFor();
    await row(page, ROUTER).locator('td').getByText('refused', { exact: true }).waitFor();
    expect(await page.title()).toBe('1 not healthy – Genesis');
    await expectAccessible(page);
    await page.screenshot({ path: 'screenshots/desktop.png' });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: 'screenshots/phone.png' });

    await node.restart(ROUTER);
    node.setStatus(STORE, 'UP');
    await problems(page).getByText('No problems').waitFor();
    await row(page, ROUTER).locator('.changes summary').click();
    expect(await row(page, ROUTER).locator('.changes li').allInnerTexts()).toEqual([
      expect.stringMatching(/DOWN → *UP/),
      expect.stringMatching(/UP → *DOWN .*refused/),
    ]);
    await page.getByText('Last failed probes').click();
    await page.getByText(/connect to GENESIS_ROUTER refused/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says that the exporter does not answer, and goes on when it does again', async () => {
    const { url, exporter, start } = await setUp();
    const { page, complaints } = await openPage(url);
    await page.getByText('Live', { exact: true }).waitFor();
    exporter.kill('SIGKILL');
    await exporter.ended;
    await page.getByRole('alert').getByText('The exporter does not answer.').waitFor();
    expect(await page.title()).toBe('no answer – Genesis');
    await expectAccessible(page);
    await start();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByRole('alert').innerText()).toBe('');
    await row(page, ROUTER).locator('.state.UP').waitFor();
    expect(complaints).toEqual([]);
  });

  it('keeps focus, scroll, filter and what is unfolded while it changes', async () => {
    const { node, url } = await setUp();
    const { page } = await openPage(url, { viewport: { width: 1280, height: 300 } });
    node.setMessage(ROUTER, `;${'long '.repeat(100)}`);
    await row(page, ROUTER).locator('summary').click();
    await page.getByLabel('Text').fill('genesis_r');
    await page.getByLabel('Text').focus();
    await row(page, ROUTER).scrollIntoViewIfNeeded();
    // A browser holds on to what it has shown after scrolling.
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
    expect(await page.evaluate('scrollY')).toBeGreaterThan(0);
    // Where the reader looks nothing moves, whatever becomes longer above.
    const topOf = async () => (await page.getByLabel('Text').boundingBox())?.y ?? Number.NaN;
    const top = await topOf();
    node.setStatus(ROUTER, 'ERROR');
    await row(page, ROUTER).locator('.state.ERROR').first().waitFor();
    node.setStatus(ROUTER, 'UP');
    await row(page, ROUTER).locator('td:first-child .state.UP').waitFor();
    expect(Math.abs((await topOf()) - top)).toBeLessThanOrEqual(1);
    expect(await page.evaluate('document.activeElement.name')).toBe('text');
    expect(await page.getByLabel('Text').inputValue()).toBe('genesis_r');
    expect(await row(page, ROUTER).locator('details.message[open]').count()).toBe(1);
    expect(await row(page, STORE).isHidden()).toBe(true);
  });

  it('keeps the filter in the address, also on the way back', async () => {
    const { url } = await setUp();
    const { page } = await openPage(`${url}/?text=router`);
    await row(page, ROUTER).waitFor();
    expect(await row(page, STORE).count()).toBe(0);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Show all' }).click();
    await row(page, STORE).waitFor();
    expect(page.url()).toBe(`${url}/`);
    await page.goBack();
    await row(page, STORE).waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: /0 ? DOWN/ }).click();
    expect(page.url()).toBe(`${url}/?state=DOWN`);
    await page.getByText('0 of 1 nodes').waitFor();
  });

  it('can be used by keyboard alone', async () => {
    const { node, url } = await setUp();
    await node.kill(ROUTER);
    const { page } = await openPage(url);
    const link = problems(page).getByRole('link', { name: `${ROUTER} on` });
    await link.waitFor();
    const focused = () => page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the nodes');
    for (let steps = 0; !String(await focused()).startsWith(ROUTER); steps += 1) {
      expect(steps).toBeLessThan(20);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    expect(page.url()).toContain(`#process%3Anode-0%2F${ROUTER}`);
    await page.getByLabel('Text').focus();
    await page.keyboard.type('auth');
    await row(page, ROUTER).waitFor({ state: 'hidden' });
    await page.locator('.node > details > summary').focus();
    await page.keyboard.press('Enter');
    await row(page, STORE).waitFor({ state: 'hidden' });
    await node.restart(ROUTER);
    await problems(page).getByText('No problems').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'is accessible in %s, wide and on a phone, and never scrolls sideways',
    async (colorScheme) => {
      const { node, url } = await setUp();
      node.setStatus(STORE, 'WARNING');
      node.setStatus('GENESIS_NOTIFY', 'STANDBY');
      node.setStatus('GENESIS_CLUSTER', 'STARTING');
      node.setStatus('GENESIS_AUTH_MANAGER', 'ERROR');
      node.setMessage('GENESIS_AUTH_MANAGER', `;${'no_blank_in_it'.repeat(40)}`);
      node.setStatus('GENESIS_AUTH_PERMS', 'HELLO');
      await node.kill(ROUTER);
      const { page } = await openPage(url, { colorScheme });
      await row(page, ROUTER).locator('td:first-child .state.DOWN').waitFor();
      for (const summary of await page.locator('tbody summary').all()) await summary.click();
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 740 });
        await expectAccessible(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        await page.screenshot({ path: `screenshots/${colorScheme}-${width}.png`, fullPage: width < 600 });
      }
    },
  );

  it('is complete without JavaScript, the filter included', async () => {
    const { node, url } = await setUp();
    await node.kill(ROUTER);
    await poll(async () => ((await (await fetch(url)).text()).includes('refused') ? true : undefined));
    const { page } = await openPage(url, { javaScriptEnabled: false });
    await problems(page).getByText(ROUTER).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(8);
    expect(await page.locator('noscript').innerText()).toContain('load it again');
    await page.locator('select[name=state]').selectOption('DOWN');
    await page.getByRole('button', { name: 'Filter' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(page.url()).toBe(`${url}/?text=&state=DOWN&node=&order=`);
    await page.getByLabel('Probe now').fill('node-0');
    await page.getByRole('button', { name: 'Probe' }).click();
    expect(await page.locator('body').innerText()).toContain('Probe of node-0');
  });

  it('shows names that are HTML as names', async () => {
    const node = await startStandIn({
      processes: [
        { name: '<script>alert(1)</script>', port: 0 },
        { name: '"><img src=x>', port: 0 },
      ],
    });
    const config = temporaryFile('genesis.yml', configOf([node]));
    const { output } = startMain(['--web.listen-address=127.0.0.1:0', `--config.file=${config}`]);
    const url = await poll(async () => /"urls":\["([^"]+)/.exec(output.stderr)?.[1]);
    const { page, complaints } = await openPage(url);
    await row(page, '<script>alert(1)</script>').waitFor();
    await row(page, '"><img src=x>').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
