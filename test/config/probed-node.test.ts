import { describe, expect, it } from 'vitest';
import { withHome } from '../../src/config/assemble-nodes.ts';
import { adHocNode, withModule } from '../../src/config/probed-node.ts';
import type { NodeSettings } from '../../src/config/settings.ts';
import { parsed } from './parsed.ts';

const CONFIG = parsed(`
modules:
  secured:
    health: {scheme: https, port: 8443, path: /genesis, max_processes: 7, authorization: {credentials: abc}}
    connect: {processes: all, interval: 2s}
    healthy_states: [UP]
  slow: {connect: {timeout: 30s}}
  connect-only: {health: {enabled: false}}
nodes:
  - {name: a, address: 10.0.0.5, scrape_interval: 1m, cluster: c, processes: [{name: P, port: 1}]}
  - {name: b, health_url: "http://bob:pw@h:81/status"}
`);

function nodeOf(index: number): NodeSettings {
  const node = CONFIG.nodes[index];
  if (node === undefined) throw new Error('no such node');
  return node;
}

describe('an ad-hoc node', () => {
  it('is called host:port and takes scheme, path and credentials from the module', () => {
    const settings = adHocNode(CONFIG, 'secured', 'fd00::5', 9443);
    expect(settings?.node).toMatchObject({
      name: '[fd00::5]:9443',
      address: 'fd00::5',
      healthyStates: new Set(['UP']),
    });
    expect(settings?.health).toMatchObject({
      url: 'https://[fd00::5]:9443/genesis',
      maxProcesses: 7,
      http: { authorization: { type: 'Bearer', credentials: { kind: 'inline', value: 'abc' } } },
    });
  });

  it.each(['default', 'secured', 'slow', 'connect-only'])('has nothing to connect to with module %s', (module) => {
    const settings = adHocNode(CONFIG, module, '10.0.0.5', 4569);
    expect(settings?.node.connectProcesses).toBe('none');
    expect(settings?.node.declared.size).toBe(0);
  });

  it('is none without a module', () => {
    expect(adHocNode(CONFIG, 'none', '10.0.0.5', 4569)).toBeUndefined();
  });
});

describe('a node with another module', () => {
  it('keeps its name, timing and processes, and is probed and judged by the module', () => {
    const settings = withModule(CONFIG, nodeOf(0), 'secured');
    expect(settings).toMatchObject({
      module: 'secured',
      node: { name: 'a', cluster: 'c', intervalMs: 60_000, connectProcesses: 'all', connectIntervalMs: 2_000 },
      health: { url: 'https://10.0.0.5:8443/genesis', timeoutMs: 5_000, maxProcesses: 7 },
      connectTimeoutMs: 2_000,
    });
    expect(settings?.node.declared).toBe(nodeOf(0).node.declared);
  });

  it('keeps a URL of its own, and the user in it', () => {
    const health = withModule(CONFIG, nodeOf(1), 'secured')?.health;
    expect(health?.url).toBe('http://h:81/status');
    expect(health?.http.basicAuth).toEqual(nodeOf(1).urlUser);
    expect(health?.http.authorization).toBeUndefined();
  });

  it('keeps the port that its home names', () => {
    const reading = { isSuccessful: true, problems: [], processes: [], healthPort: 5569 };
    const settings = withModule(CONFIG, withHome(nodeOf(0), reading), 'secured');
    expect(settings?.health.url).toBe('https://10.0.0.5:5569/genesis');
  });

  it('with its own module is the same', () => {
    expect(withModule(CONFIG, nodeOf(0), 'default')).toEqual(nodeOf(0));
  });

  it('is none without a module', () => {
    expect(withModule(CONFIG, nodeOf(0), 'none')).toBeUndefined();
  });
});
