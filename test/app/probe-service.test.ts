import { describe, expect, it } from 'vitest';
import { startProbeService } from '../helpers/probe-service.ts';
import { ROWS } from '../helpers/prober-options.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';
import { closedPort, startHttpServer, startTcpServer, until } from '../helpers/servers.ts';
import { startStandIn } from '../helpers/stand-in.ts';

/** A server that answers rows, how often it was asked, and a service that may probe it. */
async function setUp(options = '') {
  const seen = { requests: 0 };
  const server = await startHttpServer((_request, response) => {
    seen.requests += 1;
    response.end(ROWS);
  });
  const target = `127.0.0.1:${server.port}`;
  const yaml = `probe: {allowed_targets: ["${target}"]${options}}`;
  return { ...startProbeService(yaml), target, yaml, server: seen };
}

describe('a node', () => {
  it('is probed by its name as the loop would, connects included', async () => {
    const node = await startStandIn();
    const { page } = startProbeService(`
modules: {all: {connect: {processes: all}}}
nodes: [{name: a, health_url: ${node.healthUrl}, cluster: trading, labels: {site: london}}]
`);
    const lines = await page('a', { module: 'all' });
    expect(lines).toContain('genesis_process_connect_success{genesis_node="a",process="GENESIS_ROUTER"} 1');
    expect(lines).toContain('genesis_node_info{genesis_cluster="trading",site="london",genesis_node="a"} 1');
    expect(lines).toContain('probe_success 1');
    expect(await page('a')).not.toContain(
      'genesis_process_connect_success{genesis_node="a",process="GENESIS_ROUTER"} 1',
    );
  });

  it('that answers 503 is an answer, one that is down is none', async () => {
    const server = await startHttpServer((_request, response) => response.writeHead(503).end(ROWS));
    const dead = await closedPort();
    const { page } = startProbeService(`
nodes:
  - {name: ill, health_url: "http://127.0.0.1:${server.port}/"}
  - {name: down, health_url: "http://127.0.0.1:${dead}/"}
`);
    const ill = await page('ill');
    expect(ill).toContain('probe_success 1');
    expect(ill).toContain('genesis_node_healthy{genesis_node="ill"} 0');
    const down = await page('down');
    expect(down).toContain('probe_success 0');
    expect(down).toContain('genesis_node_unhealthy_reason{reason="health_unavailable",genesis_node="down"} 1');
  });
});

describe('an ad-hoc target', () => {
  it('is named by its host and port', async () => {
    const { page, target } = await setUp();
    expect(await page(target)).toContain(`genesis_node_healthy{genesis_node="${target}"} 1`);
  });

  it('whose name is not known is down', async () => {
    const { page } = startProbeService('probe: {allowed_targets: ["*.test:4569"]}');
    const lines = await page('Nowhere.test:4569');
    expect(lines).toContain('probe_success 0');
    expect(lines).toContain('genesis_node_health_endpoint_up{genesis_node="nowhere.test:4569"} 0');
  });

  it.skipIf(!hasPromtool())('has a page that promtool finds no fault with', async () => {
    const { page, target } = await setUp();
    expect(lintMetrics(`${(await page(target)).join('\n')}\n`)).toBe('');
  });

  it('shows every step of a probe, the verdicts and the series', async () => {
    const { ask, target } = await setUp();
    const answer = await ask(target);
    const text = answer.kind === 'probed' ? await answer.debugText() : '';
    for (const part of [
      `Probe of ${target}, at most 5000 ms\n`,
      `GET http://${target}/health/status, at most 5000 ms\n`,
      'answered 200 from 127.0.0.1, processes: 2\n',
      '  GENESIS_ROUTER: UP, port 9017, message ""\n',
      '  node: healthy\n',
      'Probe succeeded after ',
      'probe_success 1\n',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('a result', () => {
  it('is shared by all who ask at the same time, and served again while it is young', async () => {
    const { page, target, server, reload, yaml } = await setUp();
    await Promise.all([page(target), page(target), page(target, { module: 'default' })]);
    await page(target);
    expect(server.requests).toBe(1);
    reload(yaml);
    await page(target);
    expect(server.requests).toBe(2);
  });

  it('is not served again when it is older than the interval', async () => {
    const { page, target, server } = await setUp(', min_interval: 1ms');
    await page(target);
    const endMs = performance.now() + 1;
    await until(() => performance.now() > endMs);
    await page(target);
    expect(server.requests).toBe(2);
  });

  it('of a probe that was given too little time is not served to others', async () => {
    let requests = 0;
    const server = await startHttpServer((_request, response) => {
      requests += 1;
      if (requests > 1) response.end(ROWS);
    });
    const target = `127.0.0.1:${server.port}`;
    const { page } = startProbeService(`probe: {allowed_targets: ["${target}"]}`);
    const startedMs = performance.now();
    expect(await page(target, { timeoutMs: 50 })).toContain('probe_success 0');
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(await page(target)).toContain('probe_success 1');
  });
});

describe('probes that hang', () => {
  it('are ended at the deadline of the node, however long Prometheus would wait', async () => {
    const server = await startTcpServer();
    const { page } = startProbeService(`
scrape_timeout: 50ms
nodes: [{name: a, health_url: "http://127.0.0.1:${server.port}/"}]
`);
    expect(await page('a', { timeoutMs: 60_000 })).toContain('probe_success 0');
  });

  it('of ad-hoc targets are at most twenty, and ended at once when the exporter stops', async () => {
    const server = await startTcpServer();
    const names = Array.from({ length: 21 }, (_, index) => `n${index}.test`);
    const { ask, service } = startProbeService(
      `
scrape_interval: 10m
scrape_timeout: 10m
probe: {allowed_targets: ["*.test:${server.port}", "127.0.0.1:${server.port}"]}
nodes: [{name: a, health_url: "http://127.0.0.1:${server.port}/"}]
`,
      Object.fromEntries(names.map((name) => [name, [['127.0.0.1']]])),
    );
    const targets = names.map((name) => `${name}:${server.port}`);
    const asked = targets.slice(0, 20).map((target) => ask(target));
    expect(await ask(targets[20] ?? '')).toMatchObject({ kind: 'unavailable' });
    asked.push(ask('a'));
    await until(() => server.openCount() === 21);
    await service.stop();
    for (const answer of await Promise.all(asked))
      expect(answer).toEqual({ kind: 'unavailable', error: 'shutting down' });
    expect(await ask('a')).toMatchObject({ kind: 'unavailable' });
    await until(() => server.openCount() === 0);
  });
});
