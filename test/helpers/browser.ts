import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const BINARY = 'chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Whether a browser can be run; where it must be, under CI, its absence is an error. */
export function hasBrowser(): boolean {
  const isThere = spawnSync(BINARY, ['--version']).status === 0;
  if (!isThere && process.env['CI'] === 'true') throw new Error(`${BINARY} is missing, and CI must have it`);
  if (!isThere) console.warn(`skipped: no ${BINARY}`);
  return isThere;
}

/** A page of a browser, and what went wrong on it: refused by its policy, thrown, or not loaded. */
export interface OpenPage {
  readonly page: Page;
  readonly browser: Browser;
  readonly complaints: readonly string[];
}

/** Starts a headless browser and opens `url`; both end with the test. */
export async function openPage(url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const executablePath = spawnSync('which', [BINARY], { encoding: 'utf8' }).stdout.trim();
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  onTestFinished(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  // A slow machine is no failure.
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_CONNECTION_REFUSED/.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(new URL(url).origin) || request.url().startsWith('data:');
    if (!isOwn) complaints.push(`loads ${request.url()}`);
  });
  await page.goto(url);
  return { page, browser, complaints };
}

/** Fails with what axe-core finds wrong with a page as it stands, the rules of WCAG and of best practice alike. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found: readonly { id: string; nodes: readonly { html: string; failureSummary: string }[] }[] =
    await page.evaluate('axe.run().then(({ violations }) => violations)');
  expect(found.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([]);
}
