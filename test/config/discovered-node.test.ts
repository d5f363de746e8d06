import { describe, expect, it } from 'vitest';
import { discoveredNode } from '../../src/config/discovered-node.ts';
import { parsed } from './parsed.ts';

const CONFIG = parsed(`
scrape_interval: 20s
scrape_timeout: 10s
modules:
  secured:
    health: {scheme: https, port: 1, path: /genesis/health?view=all, basic_auth: {username: bob, password: pw}}
    healthy_states: [UP]
  connect-only: {health: {enabled: false}}
  slow: {connect: {timeout: 30s}}
file_sd_configs: [{files: [a.yml]}]
`);

function found(address: string, labels: Readonly<Record<string, string>> = {}) {
  return discoveredNode(CONFIG, { address, labels: new Map(Object.entries(labels)) });
}

describe('a discovered target', () => {
  it('is a node named after its address, with the timing of all nodes', () => {
    expect(found('10.0.0.5:4570')).toMatchObject({
      kind: 'node',
      settings: {
        module: 'default',
        isHealthPortDefault: false,
        genesisHome: undefined,
        node: { name: '10.0.0.5:4570', address: '10.0.0.5', cluster: '', labels: new Map(), intervalMs: 20_000 },
        health: { url: 'http://10.0.0.5:4570/health/status', timeoutMs: 10_000 },
      },
    });
  });

  it('takes name, module and cluster from its labels, and leaves the rest to the node', () => {
    const labels = { node: 'trading-a', module: 'secured', cluster: 'trading', site: 'london', tier: '1' };
    expect(found('[fd00::5]:8443', labels)).toMatchObject({
      kind: 'node',
      settings: {
        module: 'secured',
        node: {
          name: 'trading-a',
          address: 'fd00::5',
          cluster: 'trading',
          labels: new Map([
            ['site', 'london'],
            ['tier', '1'],
          ]),
          healthyStates: new Set(['UP']),
        },
        health: {
          url: 'https://[fd00::5]:8443/genesis/health?view=all',
          http: { basicAuth: { username: { kind: 'inline', value: 'bob' } } },
        },
      },
    });
  });

  it.each([
    ['with __ in front', { __meta_url: 'http://h/', __proto__x: 'a', __: 'b' }],
    ['without a value', { node: '', module: '', cluster: '', job: '', site: '' }],
  ])('has no labels %s', (_, labels) => {
    expect(found('h:1', labels)).toEqual(found('h:1'));
    expect(found('h:1')).toHaveProperty('kind', 'node');
  });

  it.each([
    ['10.0.0.5', {}, 'expected host:port'],
    ['', {}, 'expected host:port'],
    ['http://10.0.0.5:4569', {}, 'expected host:port'],
    ['bob@10.0.0.5:4569', {}, 'expected host:port'],
    ['10.0.0.5:4569/x', {}, 'expected host:port'],
    ['10.0.0.5:0', {}, 'expected host:port'],
    ['10.0.0.5:65536', {}, 'expected host:port'],
    ['fd00::5:4569', {}, 'expected host:port'],
    ['h:1', { job: 'genesis' }, 'expected a label name'],
    ['h:1', { instance: 'a' }, 'expected a label name'],
    ['h:1', { genesis_node: 'a' }, 'expected a label name'],
    ['h:1', { genesis_cluster: 'a' }, 'none of job, instance, genesis_node, genesis_cluster, got "genesis_cluster"'],
    ['h:1', { 'site-a': 'a' }, 'got "site-a"'],
    ['h:1', { '': 'a' }, 'got ""'],
    ['h:1', { site: ' london' }, 'got " london" as label site'],
    ['h:1', { node: 'a\n' }, 'got "a\\n" as label node'],
    ['h:1', { cluster: 'x'.repeat(257) }, 'as label cluster'],
    ['h:1', { module: 'none' }, 'expected the name of a module, got "none"'],
    ['h:1', { module: 'connect-only' }, 'since health is off'],
    ['h:1', { module: 'slow' }, "the module's connect timeout (30s) is longer than scrape_interval (20s)"],
  ])('is refused as %j with labels %j', (address, labels, problem) => {
    expect(found(address, labels)).toEqual({ kind: 'refused', problem: expect.stringContaining(problem) });
    expect(found(address, labels)).toHaveProperty('problem', expect.stringMatching(/^target "/));
  });
});
