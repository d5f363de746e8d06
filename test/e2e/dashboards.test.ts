import { expect, it } from 'vitest';
import { SAMPLE_PROCESSES } from '../../src/stand-in/sample-processes.ts';
import { EVERYTHING, fillIn } from '../grafana/promql.ts';
import { expressionsOf, readDashboards } from '../grafana/read-dashboards.ts';
import { eventually, poll, startConfigured, temporaryFile } from '../helpers/exporter-process.ts';
import { hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { startStandIn } from '../helpers/stand-in.ts';
import { TEST_TLS } from '../stand-in/test-tls.ts';

const EXPRESSIONS = new Map(
  readDashboards()
    .flatMap(expressionsOf)
    .map(({ place, expr }) => [place, fillIn(expr, { ...EVERYTHING, __rate_interval: '4s', __range: '1m' })]),
);

/** Panels about what this story has not: nodes are not discovered, and Genesis' own files are not read. */
const WITHOUT_DATA = [
  'Genesis / Exporter: Discovery A',
  'Genesis / Exporter: Discovery B',
  "Genesis / Node: Genesis' files A",
];

/** A node with a secure process, and a Prometheus that scrapes three exporters on it, of which the last sees nothing. */
async function setUp() {
  const secure = { name: 'GENESIS_SECURE', port: 9100, tls: TEST_TLS };
  const node = await startStandIn({ processes: [...SAMPLE_PROCESSES, secure] });
  const config = (healthUrl: string, connects: 'all' | 'none') => `
scrape_interval: 1s
scrape_timeout: 500ms
modules: {default: {connect: {processes: ${connects}, timeout: 500ms}}}
nodes:
  - name: a
    cluster: trading
    labels: {site: london}
    health_url: ${healthUrl}
    processes:
      - {name: GENESIS_ROUTER, port: 9017, group: GENESIS}
      - {name: GENESIS_SECURE, port: ${node.truthOf('GENESIS_SECURE').port}, tls: true}
`;
  const seeing = config(node.healthUrl, 'all');
  const blind = config('http://127.0.0.1:1/health/status', 'none');
  const stored = { GENESIS_EXPORTER_STORAGE_PATH: temporaryFile('x', '').replace(/x$/, 'storage') };
  const exporters = [
    await startConfigured(seeing, stored),
    await startConfigured(seeing),
    await startConfigured(blind),
  ];
  const targets = exporters.map(({ url }) => new URL(url).host);
  const prometheus = await startPrometheus({
    scrapeConfigs: [
      { job_name: 'genesis', static_configs: [{ targets }] },
      { job_name: 'prometheus', static_configs: [{ targets: ['127.0.0.1:1'] }] },
    ],
  });
  async function values(place: string): Promise<readonly number[]> {
    const samples = await prometheus.query(EXPRESSIONS.get(place) ?? `no expression at ${place}`);
    return samples.map(({ value }) => value).toSorted((a, b) => a - b);
  }
  const shows = (place: string, expected: readonly number[]) =>
    eventually(async () => expect(await values(place), place).toEqual(expected));
  const bothSee = (unhealthy: number) =>
    eventually(async () => {
      const samples = await prometheus.query('count by (instance) (genesis_process_unhealthy_reason)');
      const counts = samples.map(({ labels, value }) => [labels['instance'], value] as const);
      const [first, second] = targets.map((target) => new Map(counts).get(target));
      expect([first, second]).toEqual([unhealthy, unhealthy]);
    });
  return { node, exporters, prometheus, values, shows, bothSee };
}

it.runIf(hasPrometheus())(
  'every panel has its data, and several exporters on a node count as one that sees',
  { timeout: 60_000 },
  async () => {
    const startMs = Date.now();
    const { node, exporters, prometheus, values, shows, bothSee } = await setUp();
    await shows('Genesis / Fleet: Processes A', [1, 1, 1, 1, 1, 1, 1, 1, 1]);
    await shows('Genesis / Fleet: Processes not healthy A', [0]);
    await shows('Genesis / Fleet: Nodes not healthy A', [0]);

    node.setLmdb('GENESIS_AUTH_DATASERVER', 52);
    await shows('Genesis / Fleet: Fullest LMDB stores A', [0.01, 0.01, 0.52]);
    node.setLmdb('GENESIS_AUTH_DATASERVER', 88);
    node.setStatus('GENESIS_NOTIFY', 'WARNING');
    await node.kill('GENESIS_ROUTER');
    await node.kill('GENESIS_AUTH_MANAGER');
    node.drop('GENESIS_AUTH_MANAGER');
    await shows('Genesis / Fleet: Processes A', [1, 1, 1, 1, 1, 1, 4, 6, 6]);
    await bothSee(3);
    expect(await values('Genesis / Fleet: Processes not healthy A')).toEqual([3]);
    expect(await values('Genesis / Fleet: LMDB stores over 80 % A')).toEqual([1]);
    expect(await values('Genesis / Fleet: Nodes not healthy A')).toEqual([1]);
    expect(await values('Genesis / Node: Verdict A')).toEqual([0]);

    await node.setHealth({ kind: 'gone' });
    await shows('Genesis / Fleet: Nodes without an answer A', [1]);
    await shows('Genesis / Fleet: Exporters not answering A', [0]);
    for (const [place, expr] of EXPRESSIONS) {
      const seconds = (Date.now() - startMs) / 1000;
      const samples = await poll(async () => {
        const found = await prometheus.queryRange(expr, seconds);
        return found.length > 0 || WITHOUT_DATA.includes(place) ? found : undefined;
      }).catch((error) => Promise.reject(new Error(`${place}: ${expr}`, { cause: error })));
      expect(samples.length > 0, place).toBe(!WITHOUT_DATA.includes(place));
    }

    exporters[1]?.kill('SIGKILL');
    await shows('Genesis / Fleet: Exporters not answering A', [1]);
  },
);
