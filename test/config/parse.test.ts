import { describe, expect, it } from 'vitest';
import type { HttpClientOptions } from '../../src/config/settings.ts';
import { fixture, parsed } from './parsed.ts';

const NO_HTTP: HttpClientOptions = {
  basicAuth: undefined,
  authorization: undefined,
  tls: {
    ca: undefined,
    cert: undefined,
    key: undefined,
    serverName: undefined,
    insecureSkipVerify: false,
    minVersion: undefined,
    maxVersion: undefined,
  },
  headers: [],
  proxy: undefined,
};

const NO_HOME = { urlUser: undefined, genesisHome: undefined, isHealthPortDefault: true, homeHealthPort: undefined };

const DEFAULT_RULES = {
  connectProcesses: 'declared',
  healthyStates: new Set(['UP', 'STANDBY']),
  toleratedWith200: new Set(['WARNING']),
  statusAliases: new Map([
    ['HEALTHY', 'UP'],
    ['RUNNING', 'STARTING'],
    ['MISSING', 'DOWN'],
  ]),
};

describe('a good file', () => {
  it('needs a node alone: all else has a default', () => {
    const { masked, modules, ...config } = parsed(fixture('good/minimal.yml'));
    expect(masked).toHaveProperty('nodes');
    expect([...modules.keys()]).toEqual(['default']);
    expect(config).toEqual({
      fileSd: [],
      httpSd: [],
      dnsSd: [],
      maintenance: [],
      probe: { allowedTargets: [], allowedModules: new Set(), minIntervalMs: 5_000 },
      timing: {},
      maxNodes: 5000,
      maxConcurrentConnects: 256,
      nodes: [
        {
          node: {
            name: 'trading-a',
            address: '10.0.0.5',
            cluster: '',
            labels: new Map(),
            healthEnabled: true,
            intervalMs: 15_000,
            staleAfterMs: 45_000,
            forgetAfterMs: 3_600_000,
            connectIntervalMs: 15_000,
            declared: new Map(),
            homeReadSuccessful: undefined,
            ...DEFAULT_RULES,
          },
          health: {
            url: 'http://10.0.0.5:4569/health/status',
            timeoutMs: 5_000,
            maxBodyBytes: 8_388_608,
            maxProcesses: 1000,
            http: NO_HTTP,
          },
          connectTimeoutMs: 3_000,
          ...NO_HOME,
          module: 'default',
        },
      ],
    });
  });

  it('sets every key of a module and a node', () => {
    const { maxNodes, maxConcurrentConnects, nodes } = parsed(fixture('good/full.yml'));
    expect({ maxNodes, maxConcurrentConnects }).toEqual({ maxNodes: 10, maxConcurrentConnects: 16 });
    expect(nodes[0]).toEqual({
      node: {
        name: 'a',
        address: 'fe80::5',
        cluster: 'trading',
        labels: new Map([
          ['site', 'london'],
          ['tier', '1'],
        ]),
        healthEnabled: true,
        intervalMs: 60_000,
        staleAfterMs: 120_000,
        forgetAfterMs: 86_400_000,
        connectProcesses: 'all',
        connectIntervalMs: 30_000,
        healthyStates: new Set(['UP']),
        toleratedWith200: new Set(),
        statusAliases: new Map([
          ['RUNNING', 'STARTING'],
          ['PAUSED', 'STANDBY'],
        ]),
        declared: new Map([
          [
            'GENESIS_ROUTER',
            {
              name: 'GENESIS_ROUTER',
              host: undefined,
              port: 9017,
              tls: false,
              expected: true,
              group: '',
              primaryOnly: false,
              external: false,
            },
          ],
          [
            'GENESIS_AUTH_MANAGER',
            {
              name: 'GENESIS_AUTH_MANAGER',
              host: '10.0.0.9',
              port: 8001,
              tls: true,
              expected: false,
              group: 'AUTH',
              primaryOnly: true,
              external: false,
            },
          ],
        ]),
        homeReadSuccessful: undefined,
      },
      health: {
        url: 'https://[fe80::5]:8443/genesis/health/status?view=all',
        timeoutMs: 20_000,
        maxBodyBytes: 1_048_576,
        maxProcesses: 50,
        http: {
          basicAuth: {
            username: { kind: 'inline', value: 'monitor' },
            password: { kind: 'file', path: '/etc/x/secrets/password' },
          },
          authorization: undefined,
          tls: {
            ca: { kind: 'file', path: '/etc/x/ca.pem' },
            cert: { kind: 'file', path: '/etc/x/client.pem' },
            key: { kind: 'file', path: '/etc/x//etc/genesis-exporter/client.key' },
            serverName: 'genesis.example',
            insecureSkipVerify: false,
            minVersion: 'TLSv1.2',
            maxVersion: 'TLSv1.3',
          },
          headers: [
            {
              name: 'X-Tenant',
              values: [
                { kind: 'inline', value: 'trading' },
                { kind: 'inline', value: 's1' },
                { kind: 'file', path: '/etc/x/secrets/tenant' },
              ],
            },
          ],
          proxy: {
            forHttp: 'http://user:pass@proxy.example:3128',
            forHttps: 'http://user:pass@proxy.example:3128',
            exceptions: [{ kind: 'domain' }, { kind: 'range' }, { kind: 'address' }].map((part) =>
              expect.objectContaining(part),
            ),
          },
        },
      },
      connectTimeoutMs: 1_000,
      ...NO_HOME,
      module: 'secured',
    });
  });

  it('takes address and user from a health_url', () => {
    const [, node] = parsed(fixture('good/full.yml')).nodes;
    expect(node?.node.address).toBe('genesis.example');
    expect(node?.node.forgetAfterMs).toBe(0);
    expect(node?.health.url).toBe('https://genesis.example/health/status?token=abc');
    expect(node?.isHealthPortDefault).toBe(false);
    expect(node?.urlUser).toEqual(node?.health.http.basicAuth);
    expect(node?.health.maxBodyBytes).toBe(65_536);
    expect(node?.health.http).toEqual({
      ...NO_HTTP,
      basicAuth: { username: { kind: 'inline', value: 'bob' }, password: { kind: 'inline', value: 'p@ss' } },
    });
  });

  it('may switch health off where a process is left to connect to', () => {
    const node = parsed(fixture('good/full.yml')).nodes[2]?.node;
    expect(node?.healthEnabled).toBe(false);
    expect([...(node?.declared.keys() ?? [])]).toEqual(['GENESIS_ROUTER']);
  });

  it('needs no address beside a Genesis home, which lies beside the file', () => {
    const node = parsed(fixture('good/full.yml')).nodes[3];
    expect(node?.genesisHome).toBe('/etc/x/run');
    expect(node?.node.address).toBe('127.0.0.1');
    expect(node?.health.url).toBe('http://127.0.0.1:4569/health/status');
    expect(node?.isHealthPortDefault).toBe(true);
  });

  it('may use anchors and merge keys, and keeps the zero of a name that looks like a number', () => {
    const { nodes } = parsed(fixture('good/merged.yml'));
    expect(nodes.map(({ node }) => [node.name, node.address, node.cluster, node.labels.get('site')])).toEqual([
      ['a', '10.0.0.5', 'trading', 'london'],
      ['b', '10.0.0.6', 'trading', 'london'],
      ['012', '10.0.0.7', '', 'london'],
    ]);
  });
});
