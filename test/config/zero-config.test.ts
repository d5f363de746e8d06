import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { zeroConfig } from '../../src/config/zero-config.ts';
import { parsed } from './parsed.ts';

describe('zeroConfig', () => {
  it('probes this machine without any flag, as a file with that node would', () => {
    const { config, nameWasGuessed } = zeroConfig({}, 'box');
    expect(nameWasGuessed).toBe(true);
    expect(config).toEqual(parsed('nodes: [{name: box, health_url: "http://127.0.0.1:4569/health/status"}]'));
  });

  it.each([
    ['http://10.0.0.5:4569/health/status', undefined, '10.0.0.5', false],
    ['http://[fe80::5]/health/status', undefined, 'fe80::5', false],
    ['http://localhost:4569/health/status', undefined, 'box', true],
    ['http://[::1]:4569/health/status', undefined, 'box', true],
    ['http://127.0.0.1:4569/health/status', 'trading-a', 'trading-a', false],
    ['http://10.0.0.5:4569/health/status', 'trading-a', 'trading-a', false],
  ])('names the node of %s with --genesis.node-name %j %s', (healthUrl, nodeName, name, guessed) => {
    const { config, nameWasGuessed } = zeroConfig({ healthUrl, nodeName }, 'box');
    expect(config.nodes[0]?.node.name).toBe(name);
    expect(nameWasGuessed).toBe(guessed);
  });

  it('takes the cluster, and a user out of the URL', () => {
    const { config } = zeroConfig({ healthUrl: 'http://bob:pw@h/status', cluster: 'trading' }, 'box');
    expect(config.nodes[0]?.node.cluster).toBe('trading');
    expect(config.nodes[0]?.health.url).toBe('http://h/status');
    expect(config.nodes[0]?.health.http.basicAuth?.password).toEqual({ kind: 'inline', value: 'pw' });
    expect(JSON.stringify(config.masked)).not.toContain('pw');
  });

  it('looks for a Genesis home, whose port it takes unless a URL is given', () => {
    const [node] = zeroConfig({ home: 'run' }, 'box').config.nodes;
    expect(node).toMatchObject({ genesisHome: 'run', isHealthPortDefault: true, node: { name: 'box' } });
    expect(node?.health.url).toBe('http://127.0.0.1:4569/health/status');
    const [other] = zeroConfig({ home: '/run', healthUrl: 'http://h:81/x' }, 'box').config.nodes;
    expect(other).toMatchObject({ genesisHome: '/run', isHealthPortDefault: false, node: { name: 'h' } });
    expect(other?.health.url).toBe('http://h:81/x');
  });

  it('tells of every wrong flag at once, and shows no password', () => {
    const start = () => zeroConfig({ healthUrl: 'ftp://bob:hunter2@h', home: '', nodeName: '', cluster: 'a\n' }, 'box');
    expect(start).toThrow(
      new ConfigError([
        '--genesis.health-url: expected an http:// or https:// URL without a fragment',
        '--genesis.home: expected the path of a folder',
        '--genesis.node-name: expected text of 1 to 256 characters, without control characters or blanks at its ends',
        '--genesis.cluster: expected text of 1 to 256 characters, without control characters or blanks at its ends',
      ]),
    );
  });

  it('loads neither zod nor yaml', () => {
    const seen = importsOf(new URL('../../src/config/zero-config.ts', import.meta.url));
    expect(seen.size).toBeGreaterThan(10);
    expect([...seen].filter((name) => !name.startsWith('file:'))).toEqual([]);
  });
});

/** Everything a source file loads when it is imported, types left out. */
function importsOf(file: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file.href)) return seen;
  seen.add(file.href);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )(?:[^;]*? from )?'([^']+)';/gm,
  )) {
    if (name.startsWith('.')) importsOf(new URL(name, file), seen);
    else seen.add(name);
  }
  return seen;
}
