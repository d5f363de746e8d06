import { request } from 'node:https';
import { describe, expect, it } from 'vitest';
import { hasBrowser, openPage } from '../helpers/browser.ts';
import { eventually, startExporter, temporaryFile } from '../helpers/exporter-process.ts';
import { type PathHandling, startFrontDoor } from '../helpers/front-door.ts';
import { hasTool } from '../helpers/promtool.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const ROUTER = 'GENESIS_ROUTER';

const WAYS: readonly (readonly [
  what: string,
  program: 'nginx' | 'haproxy',
  handling: PathHandling,
  flags: readonly string[],
])[] = [
  ['nginx that keeps the path', 'nginx', 'kept', ['--web.external-url=https://ops.test/genesis/']],
  ['nginx that strips the path', 'nginx', 'stripped', []],
  [
    'nginx that strips the path of an external URL',
    'nginx',
    'stripped',
    ['--web.external-url=https://ops.test/genesis', '--web.route-prefix=/'],
  ],
  ['HAProxy that keeps the path', 'haproxy', 'kept', ['--web.route-prefix=/genesis/']],
  ['HAProxy that strips the path', 'haproxy', 'stripped', []],
];

const canRun = hasTool('nginx', ['-v']) && hasTool('haproxy', ['-v']) && hasBrowser();

async function start(flags: readonly string[]) {
  const node = await startStandIn();
  const config = `{scrape_interval: 1s, scrape_timeout: 500ms, nodes: [{name: trading-a, health_url: "${node.healthUrl}"}]}`;
  const exporter = await startExporter([`--config.file=${temporaryFile('genesis.yml', config)}`, ...flags]);
  return { node, exporter };
}

/** The status code of a GET; the certificate is not verified. */
function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once('error', reject).end();
  });
}

describe.skipIf(!canRun).each(WAYS)('behind %s', (_what, program, handling, flags) => {
  it('the pages, their links, forms and updates work', async () => {
    const { node, exporter } = await start(flags);
    const door = await startFrontDoor(program, handling, exporter.url);
    for (const path of ['-/healthy', '-/ready', 'metrics', 'health/status', 'api/v1/nodes', 'config'])
      await eventually(async () => expect([path, await statusOf(`${door}/genesis/${path}`)]).toEqual([path, 200]));
    const { page, complaints } = await openPage(`${door}/genesis/`, { ignoreHTTPSErrors: true });
    const rowOf = (name: string) => page.locator('tr', { has: page.getByText(name, { exact: true }) });
    await rowOf(ROUTER).first().waitFor();
    expect(await page.evaluate('document.styleSheets.length')).toBe(1);
    node.setStatus(ROUTER, 'ERROR');
    await rowOf(ROUTER).first().getByText('ERROR').first().waitFor();
    expect(page.url()).toBe(`${door}/genesis/`);

    await page.getByRole('link', { name: 'history' }).first().click();
    await page.waitForURL(`${door}/genesis/nodes/trading-a**`);
    await page.getByRole('link', { name: '7 days' }).click();
    await page.waitForURL(`${door}/genesis/nodes/trading-a?window=7d`);
    expect(await page.evaluate('document.styleSheets.length')).toBe(1);
    const text = await page.locator('#as-text pre').textContent();
    const hasUrl = flags.some((flag) => flag.startsWith('--web.external-url'));
    if (hasUrl) expect(text).toContain('Page: https://ops.test/genesis/nodes/trading-a?window=7d');
    else expect(text).not.toContain('Page: ');
    await page.getByRole('link', { name: 'All nodes' }).click();
    await page.waitForURL(`${door}/genesis/`);
    await page.getByRole('link', { name: 'events', exact: true }).last().click();
    await page.waitForURL(`${door}/genesis/events**`);
    await page.locator('ol.events a.when').first().click();
    await page.waitForURL(/\/genesis\/events\?to=.*#event/);
    await page.goto(`${door}/genesis/`);
    await page.getByPlaceholder('node or host:port').fill('trading-a');
    await page.getByRole('button', { name: 'Probe' }).click();
    await page.waitForURL(`${door}/genesis/probe?target=trading-a&debug=true`);
    expect(await page.textContent('body')).toContain('Probe of trading-a');
    expect(complaints).toEqual([]);
  });

  it('works without JavaScript, filters and all', async () => {
    const { exporter } = await start(flags);
    const door = await startFrontDoor(program, handling, exporter.url);
    const { page, complaints } = await openPage(`${door}/genesis/?node=trading-a`, {
      ignoreHTTPSErrors: true,
      javaScriptEnabled: false,
    });
    await page.locator('#filter button').first().click();
    await page.waitForURL(`${door}/genesis/?**`);
    await page.getByRole('link', { name: 'history' }).first().click();
    await page.waitForURL(`${door}/genesis/nodes/trading-a**`);
    expect(complaints).toEqual([]);
  });
});

it('has all of its paths below the prefix, and ignores what a proxy says of itself', async () => {
  const { exporter } = await start(['--web.route-prefix=/a/genesis']);
  expect(exporter.url).toMatch(/\/a\/genesis$/);
  const root = new URL('/', exporter.url).href;
  const codeOf = async (path: string) => (await fetch(`${root}${path}`, { redirect: 'manual' })).status;
  for (const path of ['a/genesis/', 'a/genesis/-/healthy', 'a/genesis/metrics', 'a/genesis/?order=worst'])
    expect([path, await codeOf(path)]).toEqual([path, 200]);
  for (const path of ['metrics', '-/healthy', 'a/genesisx/metrics', 'b', 'a/', 'a/genesis/a/genesis/metrics'])
    expect([path, await codeOf(path)]).toEqual([path, 404]);
  for (const [path, location] of [
    ['', 'a/genesis/'],
    ['a/genesis', 'genesis/'],
    ['a/genesis?node=x&text=?', 'genesis/?node=x&text=?'],
  ] as const) {
    const response = await fetch(`${root}${path}`, { redirect: 'manual' });
    expect([path, response.status, response.headers.get('location')]).toEqual([path, 307, location]);
  }
  const headers = { 'x-forwarded-prefix': '/evil', 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'gopher' };
  const page = await (await fetch(`${exporter.url}/`, { headers })).text();
  expect(page).not.toContain('evil');
  // The route of the metrics is without the prefix.
  await eventually(async () =>
    expect(await (await fetch(`${exporter.url}/metrics`)).text()).toContain('route="/metrics"'),
  );
});
