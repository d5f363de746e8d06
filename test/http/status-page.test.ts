import { describe, expect, it } from 'vitest';
import { readPageAssets } from '../../src/http/page-assets.ts';
import { aNode, aReport, connected, declare, good, timing } from '../domain/builders.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { healthOffView, pendingView, sampleView, troubledView, unreachableView } from '../helpers/example-views.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { viewAfter } from '../helpers/views.ts';

closeAppsAfterEach();

const EXAMPLES = [sampleView(), troubledView(), unreachableView(), pendingView(), healthOffView()];

async function load(views = EXAMPLES, url = '/'): Promise<string> {
  const response = await anApp(views).app.inject(url);
  expect(response.statusCode).toBe(200);
  return response.body;
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe('GET /', () => {
  it('has every process of every node', async () => {
    const page = await load();
    expect(count(page, /<tr id=/g)).toBe(EXAMPLES.flatMap(({ processes }) => processes).length);
    expect(page).toContain('<strong>5</strong> nodes');
    for (const word of [
      'its port does not answer',
      '96 % of 512 MB',
      'of 1 GB',
      'declared 8005',
      'not expected',
      'primary only',
    ]) {
      expect(page).toContain(word);
    }
  });

  it('says of a row whose port fails what was seen and what to do, and not of one that is well without', async () => {
    const page = await load();
    expect(page).toContain('10.0.0.5:9017 refuses connections: nothing listens there');
    expect(page).toMatch(
      /troubleshooting\.md#connection-refused" rel="noreferrer" aria-label="what to do about GENESIS_ROUTER"/,
    );
    const detail = 'of no interest';
    const closed = { ...connected(1000, 'refused'), detail, hint: 'connection-refused' } as const;
    const standby = good(1000, aReport('A', { status: 'STANDBY', state: 'STANDBY' }));
    const view = viewAfter(aNode(), [[1000, { health: standby, connects: new Map([['A', closed]]) }]], 2000);
    expect(await load([view])).not.toMatch(/aria-label="what to do about A"/);
  });

  it('says why a node gives no answer, and until when it gave one', async () => {
    const page = await load([unreachableView()]);
    expect(page).toMatch(/connect 10\.0\.0\.5:4569 refused/);
    expect(page).toContain('last good answer');
    expect(page).toContain('Last failed probes (1)');
  });

  it('leads from what is not well to its runbook, and from nothing else', async () => {
    const page = await load([troubledView()]);
    expect(page).toContain(
      '<a class="runbook" href="https://wiki.example/GenesisProcessMissing.md" rel="noreferrer" aria-label="runbook for',
    );
    const problems = page.slice(page.indexOf('<ul class="problems">'), page.indexOf('id="nodes"'));
    expect(count(problems, /class="runbook"/g)).toBe(count(problems, /<li /g));
    expect(await load([sampleView()])).not.toContain('runbook');
  });

  it('escapes all that comes from elsewhere', async () => {
    const evil = `</script><script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
    const report = aReport(evil, { status: evil, state: 'DOWN', message: evil.repeat(50), port: 1 });
    const node = aNode({ name: evil, address: evil, cluster: evil, declared: declare({ name: evil, group: evil }) });
    const view = viewAfter(node, [[1000, { health: good(1000, report) }]], 2000);
    const health = { kind: 'failed', reason: 'other', detail: evil, statusCode: 500, timing: timing(1000) } as const;
    const down = viewAfter(node, [[1000, { health }]], 2000);
    for (const page of [
      await load([view]),
      await load([down]),
      await load([view], `/?node=${encodeURIComponent(evil)}&text=${encodeURIComponent(evil)}`),
    ]) {
      expect(page).toContain('&lt;img src=x');
      expect(page).not.toMatch(/<img|<script>|alert\(1\)</);
    }
  });

  it('stands under a policy that lets nothing in it run or load that is not ours', async () => {
    const { headers, body } = await anApp(EXAMPLES).app.inject('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'; style-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(body).not.toMatch(/\sstyle=|\son\w+=|<style|<script(?! type="module" src="\.\/assets\/)/);
    expect(body).not.toMatch(/(?:src=|<link[^>]*href=)"(?:https?:)?\/\//);
  });

  it.each([
    ['/?text=router', 4],
    ['/?state=UNKNOWN', 10],
    ['/?state=unhealthy&node=sample', 0],
    ['/?node=sample', 8],
    ['/?node=nobody', 0],
    ['/?text=&state=&node=', 24],
  ])('is narrowed by %s', async (url, rows) => {
    expect(count(await load(EXAMPLES, url), /<tr id=/g)).toBe(rows);
  });

  it.each(['/?state=GREEN', '/?node=a&node=b', `/?text=${'x'.repeat(1001)}`])('is a 400 for %s', async (url) => {
    expect((await anApp(EXAMPLES).app.inject(url)).statusCode).toBe(400);
  });

  it('keeps what was filtered in its form', async () => {
    const page = await load(EXAMPLES, '/?text=a%22b&state=DOWN&node=gone');
    expect(page).toContain('name="text" value="a&quot;b"');
    expect(page).toContain('<option value="DOWN" selected>');
    expect(page).toContain('<option value="gone" selected>');
    expect(page).toContain('0 of 5 nodes');
  });

  it('shows a long message on demand and the rest of a huge one elsewhere', async () => {
    const report = aReport('A', { message: 'x'.repeat(20_000) });
    const page = await load([viewAfter(aNode(), [[1000, { health: good(1000, report) }]], 2000)]);
    expect(page).toContain(`<summary><span>${'x'.repeat(90)}…`);
    expect(page).toContain('and 10000 characters more');
  });

  it('shows that a certificate has expired', async () => {
    expect(await load([troubledView()])).toMatch(/certificate \d+ d/);
    const late = { monotonicMs: () => 2000, wallMs: () => 1_900_000_000_000 };
    expect((await anApp([troubledView()], { clock: late }).app.inject('/')).body).toContain('certificate expired');
  });

  it('leaves out the rows of many nodes that have no problem, and links to them', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ ...sampleView(), index }));
    const page = await load([...many, troubledView()]);
    expect(count(page, /<section id="node:/g)).toBe(1001);
    expect(count(page, /<tr id=/g)).toBe(5);
    expect(count(page, />its 8 processes</g)).toBe(1000);
    expect(page.length).toBeLessThan(1_000_000);
  });

  it('says so when there is no node', async () => {
    expect(await load([])).toContain('No nodes are configured or discovered.');
  });

  it('is compressed for whoever wants it', async () => {
    const response = await anApp(EXAMPLES).app.inject({ url: '/', headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers['content-encoding']).toBe('gzip');
  });
});

describe('what the page loads', () => {
  it('has a path that changes with it, and may be kept for ever', async () => {
    const { app } = anApp([]);
    const [path] = /\/assets\/[0-9a-f]{16}\/status\.css/.exec((await app.inject('/')).body) ?? [];
    const response = await app.inject(path ?? '');
    expect(response.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(response.headers['cache-control']).toContain('immutable');
    for (const other of [
      '/assets/x/status.css',
      '/assets/',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/app.ts',
    ]) {
      expect((await app.inject(other)).statusCode).toBe(404);
    }
  });

  it('is hashed by content', () => {
    const pathOf = (text: string) =>
      readPageAssets(new URL(`file://${temporaryFile('status.css', text)}/../`)).stylePath;
    expect(pathOf('a {}')).toBe(pathOf('a {}'));
    expect(pathOf('a {}')).not.toBe(pathOf('b {}'));
  });
});
