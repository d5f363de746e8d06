import { describe, expect, it } from 'vitest';
import { fixture, parsed, problemsOf } from './parsed.ts';

describe('sources of nodes', () => {
  it('are named by their position and have every key', () => {
    const { fileSd, httpSd, dnsSd } = parsed(fixture('good/full.yml'));
    expect(fileSd).toEqual([
      {
        source: 'file_sd/0',
        files: ['/etc/x/nodes/*.yml', '/etc/x//etc/genesis-exporter/more.json'],
        refreshIntervalMs: 60_000,
      },
      { source: 'file_sd/1', files: ['/etc/x/nodes-?.yaml'], refreshIntervalMs: 30_000 },
    ]);
    expect(httpSd.map(({ source, url, refreshIntervalMs }) => [source, url, refreshIntervalMs])).toEqual([
      ['http_sd/0', 'https://inventory.example/genesis?token=abc', 300_000],
      ['http_sd/1', 'http://inventory.example/more', 60_000],
    ]);
    expect(dnsSd).toEqual([
      {
        source: 'dns_sd/0',
        names: ['_health._tcp.genesis.trading.svc.cluster.local'],
        type: 'SRV',
        port: 4569,
        refreshIntervalMs: 30_000,
      },
      {
        source: 'dns_sd/1',
        names: ['genesis-a.example', 'genesis-b.example'],
        type: 'A',
        port: 4569,
        refreshIntervalMs: 60_000,
      },
    ]);
  });

  it('on the web have the HTTP client options of Prometheus, and the user of their URL', () => {
    const [first, second] = parsed(fixture('good/full.yml')).httpSd;
    expect(first?.http).toMatchObject({
      basicAuth: { username: { kind: 'inline', value: 'bob' }, password: { kind: 'inline', value: 'p@ss' } },
      authorization: undefined,
      tls: { ca: { kind: 'file', path: '/etc/x/ca.pem' } },
      headers: [{ name: 'X-Tenant', values: [{ kind: 'inline', value: 'trading' }] }],
      proxy: { forHttp: 'http://user:pass@proxy.example:3128', forHttps: 'http://user:pass@proxy.example:3128' },
    });
    expect(second?.http).toMatchObject({
      basicAuth: undefined,
      authorization: { type: 'Bearer', credentials: { kind: 'inline', value: 'abc' } },
    });
  });

  it('are enough without a node', () => {
    const { nodes, modules } = parsed(fixture('good/discovery-only.yml'));
    expect(nodes).toEqual([]);
    expect([...modules.keys()]).toEqual(['default', 'secured', 'connect-only']);
  });

  it.each([
    'file_sd_configs: [{files: [a.json]}]',
    'http_sd_configs: [{url: "http://h/"}]',
    'dns_sd_configs: [{names: [genesis.]}]',
    'probe: {allowed_targets: ["10.0.0.0/8:4569"]}',
    'nodes: []\nfile_sd_configs: [{files: [a.YML]}]',
  ])('are each enough alone: %s', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('the rules of /probe', () => {
  it('are none that allow anything by default', () => {
    expect(parsed(fixture('good/minimal.yml')).probe).toEqual({
      allowedTargets: [],
      allowedModules: new Set(),
      minIntervalMs: 5_000,
    });
  });

  it('name targets, modules and the age of a result', () => {
    const { probe } = parsed(fixture('good/full.yml'));
    expect(probe.allowedTargets.map(({ text }) => text)).toEqual(['*.genesis.svc:4569', '10.0.0.0/8:4569']);
    expect(probe.allowedModules).toEqual(new Set(['secured']));
    expect(probe.minIntervalMs).toBe(0);
  });
});

describe('a Genesis home', () => {
  it('may declare the processes to connect to, so that none is needed here with health off', () => {
    const text = 'modules: {default: {health: {enabled: false}}}\nnodes: [{name: a, genesis_home: run}]';
    expect(problemsOf(text)).toEqual([]);
  });

  it('goes with an address or a health_url', () => {
    const { nodes } = parsed(
      'nodes: [{name: a, genesis_home: r, address: 10.0.0.5}, {name: b, genesis_home: r, health_url: "http://h/x"}]',
    );
    expect(
      nodes.map(({ health, node, isHealthPortDefault }) => [health.url, node.address, isHealthPortDefault]),
    ).toEqual([
      ['http://10.0.0.5:4569/health/status', '10.0.0.5', true],
      ['http://h/x', 'h', false],
    ]);
  });
});
