import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { eventually, startConfigured } from '../helpers/exporter-process.ts';
import { hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0';

/** Types, units, and the names and labels of all samples of a page, as the parser of prometheus_client reads them. */
const PARSE = `
import json, sys
page = sys.stdin.read()
if sys.argv[1] == 'openmetrics':
    from prometheus_client.openmetrics.parser import text_string_to_metric_families
else:
    from prometheus_client.parser import text_string_to_metric_families
families = list(text_string_to_metric_families(page))
print(json.dumps({
    'types': {f.name: f.type for f in families},
    'units': {f.name: f.unit for f in families if f.unit},
    'samples': [[s.name, sorted(s.labels.items())] for f in families for s in f.samples],
}))`;

interface Parsed {
  readonly types: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [name: string, labels: readonly (readonly [string, string])[]])[];
}

/** Of several Pythons the one that has the library, which may be the system's own. */
const PYTHON = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import prometheus_client']).status === 0,
);

function hasParser(): boolean {
  const isThere = PYTHON !== undefined;
  if (!isThere && process.env['CI'] === 'true')
    throw new Error("Python's prometheus_client is missing, and CI must have it");
  if (!isThere) console.warn('skipped: no prometheus_client of Python');
  return isThere;
}

function parse(page: string, format: 'openmetrics' | 'text'): Parsed {
  const { status, stdout, stderr } = spawnSync(PYTHON ?? 'python3', ['-c', PARSE, format], {
    input: page,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function start() {
  const node = await startStandIn();
  node.setStatus('GENESIS_ROUTER', 'a "quoted\\\n word');
  const exporter = await startConfigured(`
scrape_interval: 5s
scrape_timeout: 2500ms
modules: {default: {connect: {processes: all, timeout: 500ms}}}
nodes:
  - {name: 'odd "name\\', health_url: "${node.healthUrl}", labels: {desk: 'f\\x "1"'}}
  - {name: gone, health_url: "http://127.0.0.1:1/"}
`);
  await eventually(async () => {
    const page = await read(exporter.url, '/metrics', 'text/plain');
    expect(page.text).toContain('genesis_node_healthy{genesis_node="gone"} 0');
    expect(page.text).toContain('genesis_process_connect_success');
  });
  return exporter;
}

async function read(url: string, path: string, accept: string) {
  const response = await fetch(`${url}${path}`, { headers: { accept } });
  return {
    type: response.headers.get('content-type'),
    vary: response.headers.get('vary'),
    text: await response.text(),
  };
}

function seriesOf({ samples }: Parsed): readonly string[] {
  const kept = samples.filter(([name]) => !/_created$|^nodejs_|^process_|_http_request_/.test(name));
  return kept.map(([name, labels]) => `${name} ${JSON.stringify(labels)}`).toSorted();
}

describe.skipIf(!hasParser())('OpenMetrics', () => {
  it('is taken by the reference parser, with the same series as the text format, in turn', async () => {
    const { url } = await start();
    for (let turn = 0; turn < 2; turn += 1) {
      const open = await read(url, '/metrics', OPEN_METRICS);
      expect([open.type, open.vary]).toEqual([
        'application/openmetrics-text; version=1.0.0; charset=utf-8',
        'Accept, Accept-Encoding',
      ]);
      expect(open.text.endsWith('\n# EOF\n')).toBe(true);
      const text = await read(url, '/metrics', 'text/plain');
      expect([text.type, text.vary]).toEqual(['text/plain; version=0.0.4; charset=utf-8', 'Accept, Accept-Encoding']);
      const [asOpen, asText] = [parse(open.text, 'openmetrics'), parse(text.text, 'text')];
      expect(seriesOf(asOpen)).toEqual(seriesOf(asText));
      expect(seriesOf(asOpen).length).toBeGreaterThan(100);
      expect(asOpen.types).toMatchObject({
        genesis_probes: 'counter',
        genesis_node_info: 'gauge',
        genesis_process_status: 'gauge',
      });
      expect(asOpen.units).toMatchObject({
        genesis_probe_duration_seconds: 'seconds',
        process_resident_memory_bytes: 'bytes',
      });
      const created = asOpen.samples.map(([name]) => name).filter((name) => name.endsWith('_created'));
      expect(created).toContain('genesis_exporter_internal_errors_created');
      expect(created.filter((name) => name.startsWith('genesis_probe'))).toEqual([]);
    }
  });

  it('is what /probe speaks too', async () => {
    const { url } = await start();
    for (const target of ['gone', 'odd "name\\']) {
      const path = `/probe?target=${encodeURIComponent(target)}`;
      const open = await read(url, path, OPEN_METRICS);
      expect([open.type, open.vary]).toEqual(['application/openmetrics-text; version=1.0.0; charset=utf-8', 'Accept']);
      const text = await read(url, path, 'text/plain');
      expect(seriesOf(parse(open.text, 'openmetrics'))).toEqual(seriesOf(parse(text.text, 'text')));
    }
  });
});

it.skipIf(!hasPrometheus())('is scraped by Prometheus', async () => {
  const { url } = await start();
  const prometheus = await startPrometheus({
    scrapeConfigs: [{ job_name: 'genesis-exporter', static_configs: [{ targets: [new URL(url).host] }] }],
  });
  await eventually(async () => {
    expect(await prometheus.query('up')).toMatchObject([{ value: 1 }]);
    expect((await prometheus.query('genesis_probes_total')).length).toBe(2);
    // Only OpenMetrics has it.
    expect((await prometheus.query('genesis_exporter_internal_errors_created')).length).toBe(1);
  }, 40_000);
});
