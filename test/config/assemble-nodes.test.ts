import { describe, expect, it } from 'vitest';
import { assembleNodes } from '../../src/config/assemble-nodes.ts';
import type { DiscoveredTarget } from '../../src/config/discovered-node.ts';
import type { HomeReading } from '../../src/domain/home-reading.ts';
import { declare } from '../domain/builders.ts';
import { parsed } from './parsed.ts';

const CONFIG = parsed(`
max_nodes: 5
nodes:
  - {name: a, address: 10.0.0.5}
  - {name: b, genesis_home: run, processes: [{name: P, port: 1, group: OWN}, {name: Q}]}
  - {name: c, genesis_home: run, health_url: "http://h:81/x"}
http_sd_configs: [{url: "http://h/"}]
file_sd_configs: [{files: [a.yml]}, {files: [b.yml]}]
dns_sd_configs: [{names: [a]}]
`);

const HOME = '/etc/x/run';

function reading(changes: Partial<HomeReading> = {}): HomeReading {
  const processes = [...declare({ name: 'O', port: 7 }, { name: 'P', port: 8, tls: true }).values()];
  return { isSuccessful: true, problems: [], processes, healthPort: 5569, ...changes };
}

function target(address: string, node = ''): DiscoveredTarget {
  return { address, labels: new Map([['node', node]]) };
}

function namesWith(discovered: Readonly<Record<string, readonly DiscoveredTarget[]>>) {
  const { nodes, problems } = assembleNodes(CONFIG, new Map(Object.entries(discovered)), new Map());
  return { names: nodes.map(({ node }) => node.name), problems };
}

describe('the nodes to watch', () => {
  it('are those configured while nothing is known of sources and homes', () => {
    expect(assembleNodes(CONFIG, new Map(), new Map())).toEqual({ nodes: CONFIG.nodes, problems: [] });
  });

  it('are those configured, then those of files, then those of the web, then those of DNS, each in its order', () => {
    const discovered = { 'dns_sd/0': [target('d:1')], 'http_sd/0': [target('w:1')] };
    expect(namesWith(discovered)).toEqual({ names: ['a', 'b', 'c', 'w:1', 'd:1'], problems: [] });
    expect(namesWith({ ...discovered, 'file_sd/1': [target('f:1', 'f')] }).names).toEqual(['a', 'b', 'c', 'f', 'w:1']);
  });

  it('are of two with one name the first, and the other is told of', () => {
    const discovered = {
      'http_sd/0': [target('w:1', 'x')],
      'file_sd/0': [target('y:1', 'a'), target('x:1', 'x'), target('x:1', 'x')],
      'file_sd/1': [target('x:2', 'x'), target('z:1')],
    };
    const again = (name: string) => `expected a name of its own, got "${name}" again`;
    expect(namesWith(discovered)).toEqual({
      names: ['a', 'b', 'c', 'x', 'z:1'],
      problems: [
        `file_sd/0: target "y:1": ${again('a')}`,
        `file_sd/0: target "x:1": ${again('x')}`,
        `file_sd/1: target "x:2": ${again('x')}`,
        `http_sd/0: target "w:1": ${again('x')}`,
      ],
    });
  });

  it('leave out what is refused and what no configured source names', () => {
    const discovered = { 'file_sd/0': [target('10.0.0.5'), target('h:1')], 'file_sd/9': [target('h:2')] };
    expect(namesWith(discovered)).toEqual({
      names: ['a', 'b', 'c', 'h:1'],
      problems: ['file_sd/0: target "10.0.0.5": expected host:port'],
    });
  });

  it('are at most max_nodes, said in one line', () => {
    const discovered = { 'file_sd/0': ['h:1', 'h:2', 'h:3', 'h:4'].map((address) => target(address)) };
    expect(namesWith(discovered)).toEqual({
      names: ['a', 'b', 'c', 'h:1', 'h:2'],
      problems: ['max_nodes (5) is reached: nodes left out: 2'],
    });
  });
});

describe('a node with a Genesis home', () => {
  it('has the processes of the home, each replaced by its own of that name, and the port of the home', () => {
    const { nodes } = assembleNodes(CONFIG, new Map(), new Map([[HOME, reading()]]));
    const [plain, node] = nodes;
    expect(plain).toBe(CONFIG.nodes[0]);
    expect([...(node?.node.declared.values() ?? [])]).toMatchObject([
      { name: 'O', port: 7, group: '' },
      { name: 'P', port: 1, group: 'OWN', tls: false },
      { name: 'Q', port: undefined },
    ]);
    expect(node?.health.url).toBe('http://127.0.0.1:5569/health/status');
    expect(node?.node.homeReadSuccessful).toBe(true);
  });

  it('keeps a health_url of its own', () => {
    const { nodes } = assembleNodes(CONFIG, new Map(), new Map([[HOME, reading()]]));
    expect(nodes[2]?.health.url).toBe('http://h:81/x');
    expect(nodes[2]?.node.declared.size).toBe(2);
  });

  it('keeps the port of its module where the home names none', () => {
    const homes = new Map([[HOME, reading({ healthPort: undefined })]]);
    expect(assembleNodes(CONFIG, new Map(), homes).nodes[1]?.health.url).toBe('http://127.0.0.1:4569/health/status');
  });

  it('has its own processes alone when the home cannot be read', () => {
    const failedReading = reading({ isSuccessful: false, problems: ['x'], processes: [], healthPort: undefined });
    const [, node] = assembleNodes(CONFIG, new Map(), new Map([[HOME, failedReading]])).nodes;
    expect([...(node?.node.declared.keys() ?? [])]).toEqual(['P', 'Q']);
    expect(node?.node.homeReadSuccessful).toBe(false);
  });
});
