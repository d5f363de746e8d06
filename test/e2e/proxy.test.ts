import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { eventually, runMain, startConfigured, temporaryFile } from '../helpers/exporter-process.ts';
import { ROWS } from '../helpers/prober-options.ts';
import { readMetrics } from '../helpers/reading.ts';
import { listen } from '../helpers/servers.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const PASSWORD = 'MARKER-OF-A-SECRET';

/** A proxy on loopback that knows one host, `genesis.test`, and notes whom it was asked for. */
async function startProxy() {
  const asked = new Set<string>();
  const proxy = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const { host } = new URL(incoming.url ?? '');
    asked.add(host);
    const isKnown = host === 'genesis.test:4569' && incoming.headers['proxy-authorization'] !== undefined;
    response.writeHead(isKnown ? 200 : 502).end(isKnown ? ROWS : '');
  });
  const { port } = await listen(proxy);
  return { url: `http://user:${PASSWORD}@127.0.0.1:${port}`, asked };
}

const NODES = `
  - {name: far, health_url: "http://genesis.test:4569/health/status"}
  - {name: past, health_url: "http://past.genesis.test:4569/health/status"}`;

it.each([
  ['proxy_from_environment', () => 'proxy_from_environment: true', 'http_proxy'],
  ['proxy_from_environment in upper case', () => 'proxy_from_environment: true', 'HTTP_PROXY'],
  ['proxy_url and no_proxy', (url: string) => `proxy_url: "${url}", no_proxy: "a.test, .genesis.test"`, 'UNUSED'],
])('asks through the proxy what is not an exception: %s', async (_what, options, variable) => {
  const [proxy, node] = [await startProxy(), await startStandIn()];
  const exporter = await startConfigured(
    `scrape_interval: 1s
scrape_timeout: 1s
modules: {default: {health: {${options(proxy.url)}}}}
nodes:${NODES}
  - {name: here, health_url: "${node.healthUrl}"}
`,
    { [variable]: proxy.url, no_proxy: 'a.test, .genesis.test' },
  );
  await eventually(async () => {
    const series = await readMetrics(exporter.url);
    const healthy = ['far', 'past', 'here'].map((name) => series.get(`genesis_node_healthy{genesis_node="${name}"}`));
    expect(healthy).toEqual([1, 0, 1]);
  });
  expect([...proxy.asked]).toEqual(['genesis.test:4569']);
  const config = await (await fetch(`${exporter.url}/config`)).text();
  expect(config + JSON.stringify(exporter.log())).not.toContain(PASSWORD);
  expect(config).toContain(variable === 'UNUSED' ? 'no_proxy: a.test, .genesis.test' : 'proxy_from_environment: true');
});

it('is known to a check too, and said by /probe', async () => {
  const proxy = await startProxy();
  const module = 'modules: {default: {health: {proxy_from_environment: true}}}\n';
  const nodes = 'nodes: [{name: far, health_url: "http://genesis.test:4569/health/status"}]\n';
  const file = temporaryFile('genesis.yml', module + nodes);
  const check = ['check', `--config.file=${file}`, '--output=json'];
  expect((await runMain(check, { HTTP_PROXY: proxy.url })).code).toBe(0);
  expect((await runMain(check, {})).code).toBe(3);
  const exporter = await startConfigured(module + nodes, { HTTP_PROXY: proxy.url });
  const debug = await (await fetch(`${exporter.url}/probe?target=far&debug=true`)).text();
  expect(debug).toContain('GET http://genesis.test:4569/health/status through the proxy');
});

it('reports contradictions, and proxies that cannot be used', async () => {
  const file = temporaryFile(
    'genesis.yml',
    `modules:
  a: {health: {proxy_from_environment: true}}
  b: {health: {no_proxy: a.test}}
nodes: [{name: a, address: h}]
`,
  );
  const { code, stderr } = await runMain(['--config.check', `--config.file=${file}`], {
    https_proxy: `socks5://user:${PASSWORD}@127.0.0.1:1`,
  });
  expect(code).toBe(2);
  expect(stderr).not.toContain(PASSWORD);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(
      /modules\.a\.health\.proxy_from_environment: expected the variable https_proxy to be an http/,
    ),
    expect.stringMatching(/modules\.b\.health\.no_proxy: expected proxy_url beside no_proxy/),
  ]);
});
