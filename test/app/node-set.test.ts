import { describe, expect, it } from 'vitest';
import { createNodeSet, type Watch } from '../../src/app/node-set.ts';
import type { DiscoveredTarget } from '../../src/config/discovered-node.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Config, NodeSettings } from '../../src/config/settings.ts';
import type { HomeReading } from '../../src/domain/home-reading.ts';
import { createMemoryLog } from '../helpers/log.ts';

function configOf(text: string): Config {
  const parsed = parseConfig(text, { file: 'test.yml', resolveFile: String });
  if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
  return parsed.config;
}

/** A node set whose sources are played by hand. */
function setUp({ isReady = true } = {}) {
  const sources = new Map<string, { give(value: unknown): void; readonly closed: () => boolean }>();
  const log = createMemoryLog();
  const seen = { nodes: [] as string[][], gone: [] as string[], started: [] as string[] };
  let last: readonly NodeSettings[] = [];

  function watch<T>(name: string, give: (value: T) => void): Promise<Watch> {
    let isClosed = false;
    seen.started.push(name);
    // Each test gives a source what its kind gives.
    sources.set(name, { give: give as (value: unknown) => void, closed: () => isClosed });
    const ready = isReady ? Promise.resolve() : new Promise<void>(() => undefined);
    return Promise.resolve({
      ready,
      close: () => {
        isClosed = true;
      },
    });
  }
  const set = createNodeSet({
    watchers: {
      fileSd: ({ files }, give) => watch<readonly DiscoveredTarget[]>(files.join(), give),
      httpSd: ({ url }, give) => watch<readonly DiscoveredTarget[]>(url, give),
      dnsSd: ({ names }, give) => watch<readonly DiscoveredTarget[]>(names.join(), give),
      home: (path, give) => watch<HomeReading>(path, give),
    },
    log,
    onNodes: (nodes) => {
      last = nodes;
      seen.nodes.push(nodes.map(({ node }) => node.name));
    },
    onSourceGone: (source) => seen.gone.push(source),
  });
  const target = (address: string): DiscoveredTarget => ({ address, labels: new Map() });
  const give = (name: string, ...addresses: readonly string[]) => sources.get(name)?.give(addresses.map(target));
  const closed = (name: string) => sources.get(name)?.closed();
  return { set, seen, log, give, closed, sources, last: () => last };
}

const A_AND_FILES = 'nodes: [{name: a, address: 10.0.0.1}]\nfile_sd_configs: [{files: [x.yml]}]';

describe('a node set', () => {
  it('has the configured nodes, and those of its sources as they come and go', async () => {
    const { set, seen, give } = setUp();
    await set.apply(configOf(A_AND_FILES));
    give('x.yml', '10.0.0.2:4569');
    give('x.yml');
    expect(seen.nodes).toEqual([['a'], ['a', '10.0.0.2:4569'], ['a']]);
  });

  it('keeps a source, with what it last said, when a new configuration has it too', async () => {
    const { set, seen, give, closed } = setUp();
    await set.apply(configOf(A_AND_FILES));
    give('x.yml', '10.0.0.2:4569');
    await set.apply(configOf(A_AND_FILES.replace('name: a', 'name: b')));
    expect(seen.started).toEqual(['x.yml']);
    expect(closed('x.yml')).toBe(false);
    expect(seen.nodes.at(-1)).toEqual(['b', '10.0.0.2:4569']);
  });

  it('closes a source that a new configuration lacks, and hears it no more', async () => {
    const { set, seen, give, closed } = setUp();
    await set.apply(configOf(A_AND_FILES));
    give('x.yml', '10.0.0.2:4569');
    await set.apply(configOf('nodes: [{name: a, address: 10.0.0.1}]'));
    expect([closed('x.yml'), seen.gone, seen.nodes.at(-1)]).toEqual([true, ['file_sd/0'], ['a']]);
    const count = seen.nodes.length;
    give('x.yml', '10.0.0.3:4569');
    expect(seen.nodes).toHaveLength(count);
  });

  it('replaces a source whose options changed, whose place in the metrics stays', async () => {
    const { set, seen, closed } = setUp();
    await set.apply(configOf(A_AND_FILES));
    await set.apply(configOf(A_AND_FILES.replace('x.yml', 'y.yml')));
    expect([closed('x.yml'), closed('y.yml'), seen.gone]).toEqual([true, false, []]);
  });

  it('does not wait for ever for a source that says nothing', async () => {
    const { set, seen } = setUp({ isReady: false });
    await set.apply(configOf(A_AND_FILES));
    expect(seen.nodes).toEqual([['a']]);
  });

  it("overlays what a node's Genesis home declares", async () => {
    const { set, sources, last } = setUp();
    await set.apply(configOf('nodes: [{name: a, genesis_home: /home}]'));
    const process = {
      name: 'GENESIS_ROUTER',
      host: undefined,
      port: 9017,
      tls: false,
      expected: true,
      external: false,
      group: 'GENESIS',
      primaryOnly: false,
    };
    const reading: HomeReading = { isSuccessful: true, problems: [], processes: [process], healthPort: 4600 };
    sources.get('/home')?.give(reading);
    expect(last()[0]?.health.url).toBe('http://127.0.0.1:4600/health/status');
    expect([...(last()[0]?.node.declared.keys() ?? [])]).toEqual(['GENESIS_ROUTER']);
  });

  it('tells once of each target that is left out', async () => {
    const { set, give, log } = setUp();
    await set.apply(configOf(A_AND_FILES));
    give('x.yml', 'nonsense');
    give('x.yml', 'nonsense', '10.0.0.2:4569');
    expect(log.lines.filter(({ message }) => message === 'node left out')).toHaveLength(1);
  });

  it('closes every source at its end', async () => {
    const { set, closed } = setUp();
    await set.apply(configOf(A_AND_FILES));
    await set.close();
    expect(closed('x.yml')).toBe(true);
  });
});
