import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type CDPSession, chromium, type Response } from 'playwright-core';
import { SAMPLE_PROCESSES } from '../../src/stand-in/sample-processes.ts';
import { type MeasuredExporter, startExporter } from '../exporter.ts';
import { atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { inTurn, ratios } from '../stats.ts';
import type { Stoppable, Suite, SuiteContext } from '../suite.ts';

const NODES = 1000;
/** Live updates of one page, each with the one node changed. */
const UPDATES = 4;
const FIGURES = {
  paintMs: 'first contentful paint',
  taskMs: 'main thread, all tasks of one live update',
  scriptMs: 'main thread, script of one live update',
} as const;
const FIRST_PAINT = `new Promise((resolve) => new PerformanceObserver((list) => {
  const paint = list.getEntriesByName('first-contentful-paint')[0];
  if (paint !== undefined) resolve(paint.startTime);
}).observe({ type: 'paint', buffered: true }))`;

type Figures = Readonly<Record<keyof typeof FIGURES, number>>;

/** A node whose first process is up and down in turn, each time that it is asked. */
async function startFlapping(): Promise<Stoppable & { readonly url: string }> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    const rows = SAMPLE_PROCESSES.map(({ name }, index) => {
      return { PROCESS_NAME: name, STATUS: index === 0 && asked % 2 === 0 ? 'DOWN' : 'UP' };
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  async function stop(): Promise<void> {
    server.closeAllConnections();
    server.close();
  }
  return { url: `http://127.0.0.1:${port}/health/status`, stop };
}

async function readMetrics(session: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN);
}

/** Opens the status page in a new context and follows its updates. */
async function watchPage(browser: Browser, url: string): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const nextUpdate = () => page.waitForResponse((answer) => answer.url().includes('/api/v1/nodes?since='));
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  await page.goto(url);
  const paintMs = Number(await page.evaluate(FIRST_PAINT));
  // The first answer brings every node, the next ones only what has changed.
  await nextUpdate();
  const before = await readMetrics(session);
  const updates: Response[] = [];
  for (let update = 0; update < UPDATES; update++) updates.push(await nextUpdate());
  const after = await readMetrics(session);
  const changed: readonly number[] = await Promise.all(
    updates.map(async (answer) => (await answer.json()).nodes.length),
  );
  if (changed.includes(0)) throw new Error(`updates without a change: ${changed} nodes changed`);
  await context.close();
  const each = (name: string) => (after(name) - before(name)) / UPDATES;
  return { paintMs, taskMs: each('TaskDuration'), scriptMs: each('ScriptDuration') };
}

async function run({ folder, rounds, baseline, keep, tell }: SuiteContext): Promise<readonly Finding[]> {
  const executablePath = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim();
  if (executablePath === '') {
    tell('skipped: no chromium');
    return [];
  }
  const fleet = await keep(startFleet({ nodes: NODES - 1 }));
  const flapping = [await keep(startFlapping()), await keep(startFlapping())] as const;
  const start = (index: 0 | 1, main: string): Promise<MeasuredExporter> => {
    // The others are probed at times spread over the interval: within a run, few.
    const healthUrls = [flapping[index].url, ...fleet.healthUrls];
    return keep(startExporter({ healthUrls, interval: '24h', firstInterval: '2s', folder, main }));
  };
  const pages = [{ url: (await start(0, 'dist/main.js')).url, watched: [] as Figures[] }];
  if (baseline !== undefined)
    pages.push({ url: (await start(1, join(baseline, 'dist/main.js'))).url, watched: [] as Figures[] });
  // For the connect probes to end.
  await pause(3000);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  await keep(Promise.resolve({ stop: () => browser.close() }));
  // One round to warm up.
  for (let round = -1; round < rounds; round++) {
    for (const { url, watched } of inTurn(pages, round + 1)) {
      const figures = await watchPage(browser, url);
      tell(`round ${round + 1}, ${url}: ${JSON.stringify(figures)}`);
      if (round >= 0) watched.push(figures);
    }
  }
  return conclude(pages.map(({ watched }) => watched));
}

function conclude([subject = [], base]: readonly (readonly Figures[])[]): readonly Finding[] {
  return (Object.keys(FIGURES) as (keyof Figures)[]).flatMap((figure): Finding[] => {
    const what = FIGURES[figure];
    const values = subject.map((each) => each[figure]);
    const absolute = { what, rounds: values, unit: 'ms', target: undefined };
    if (base === undefined) return [absolute];
    const compared = ratios(
      values,
      base.map((each) => each[figure]),
    );
    return [absolute, { what: `${what}, by the older commit`, rounds: compared, unit: '', target: atMost(1.1) }];
  });
}

/** What the status page of a large fleet costs a browser. */
export const BROWSER: Suite = {
  name: 'browser',
  method: `Chromium, a new context each time, on the status page of 1,000 nodes of 8 processes, one of which changes every 2 s; then ${UPDATES} live updates. With --baseline, the pages of an older commit in turn.`,
  run,
};
