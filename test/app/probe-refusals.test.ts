import { describe, expect, it } from 'vitest';
import { startProbeService } from '../helpers/probe-service.ts';
import { ROWS } from '../helpers/prober-options.ts';
import { startHttpServer, startTcpServer } from '../helpers/servers.ts';

const NAMES = {
  'loopback.genesis.test': [['127.0.0.1']],
  'loopback6.genesis.test': [['::1']],
  'mapped.genesis.test': [['::ffff:127.0.0.1']],
  'nat64.genesis.test': [['64:ff9b::7f00:1']],
  'any.genesis.test': [['0.0.0.0']],
  'metadata.genesis.test': [['169.254.169.254']],
  'metadata6.genesis.test': [['fd00:ec2::254']],
  'link.genesis.test': [['fe80::1']],
  'zone.genesis.test': [['fe80::1%lo']],
  'mixed.genesis.test': [['10.255.255.1', '127.0.0.1']],
  localhost: [['127.0.0.1']],
};

/** The table's `PORT` is that of a listener on 127.0.0.1 that is allowed but for its address. */
const REFUSED: readonly (readonly [string, 'forbidden' | 'bad_request'])[] = [
  ...Object.keys(NAMES).map((name): [string, 'forbidden'] => [`${name}:PORT`, 'forbidden']),
  ['127.0.0.1:PORT', 'forbidden'],
  ['127.255.255.254:PORT', 'forbidden'],
  ['0.0.0.0:PORT', 'forbidden'],
  ['169.254.169.254:PORT', 'forbidden'],
  ['[::1]:PORT', 'forbidden'],
  ['[::]:PORT', 'forbidden'],
  ['[::ffff:127.0.0.1]:PORT', 'forbidden'],
  ['[::ffff:7f00:1]:PORT', 'forbidden'],
  ['[::127.0.0.1]:PORT', 'forbidden'],
  ['[64:ff9b::127.0.0.1]:PORT', 'forbidden'],
  ['[2002:7f00:1::]:PORT', 'forbidden'],
  ['[fe80::1]:PORT', 'forbidden'],
  ['elsewhere.test:PORT', 'forbidden'],
  ['genesis.test:PORT', 'forbidden'],
  ['evilgenesis.test:PORT', 'forbidden'],
  ['loopback.genesis.test.evil.test:PORT', 'forbidden'],
  ['loopback.genesis.test:1', 'forbidden'],
  ['10.0.0.5:1', 'forbidden'],
  ['2130706433:PORT', 'bad_request'],
  ['017700000001:PORT', 'bad_request'],
  ['0177.0.0.1:PORT', 'bad_request'],
  ['0x7f.0.0.1:PORT', 'bad_request'],
  ['0x7f000001:PORT', 'bad_request'],
  ['127.1:PORT', 'bad_request'],
  ['127.0.0.1.:PORT', 'bad_request'],
  ['①②⑦.0.0.1:PORT', 'bad_request'],
  ['::1:PORT', 'bad_request'],
  ['[127.0.0.1]:PORT', 'bad_request'],
  ['[fe80::1%25lo]:PORT', 'bad_request'],
  ['a.genesis.test@127.0.0.1:PORT', 'bad_request'],
  ['a.genesis.test:PORT@127.0.0.1:PORT', 'bad_request'],
  ['user:password@a.genesis.test:PORT', 'bad_request'],
  ['127.0.0.1:PORT#.genesis.test:PORT', 'bad_request'],
  ['127.0.0.1:PORT/.genesis.test:PORT', 'bad_request'],
  ['127.0.0.1\\.genesis.test:PORT', 'bad_request'],
  ['127.0.0.1%00.genesis.test:PORT', 'bad_request'],
  ['127.0.0.1\u0000.genesis.test:PORT', 'bad_request'],
  ['127.0.0.1 .genesis.test:PORT', 'bad_request'],
  ['a.genesis.test:PORT\r\nHost: x:PORT', 'bad_request'],
  ['http://127.0.0.1:PORT', 'bad_request'],
  ['http://127.0.0.1:PORT/health/status', 'bad_request'],
  ['https://a.genesis.test:PORT', 'bad_request'],
  ['file:///etc/passwd', 'bad_request'],
  ['gopher://127.0.0.1:PORT', 'bad_request'],
  ['//127.0.0.1:PORT', 'bad_request'],
  ['127.0.0.1', 'bad_request'],
  ['a.genesis.test', 'bad_request'],
  ['a.genesis.test:0', 'bad_request'],
  ['a.genesis.test:65536', 'bad_request'],
  ['a.genesis.test:http', 'bad_request'],
  ['*.genesis.test:PORT', 'bad_request'],
  ['toString', 'bad_request'],
];

function allowing(...entries: readonly string[]): string {
  return `probe: {allowed_targets: ${JSON.stringify(entries)}}`;
}

describe('what is not allowed', () => {
  it.each(REFUSED)('is refused before any packet: %j', async (template, kind) => {
    const server = await startTcpServer();
    const { port } = server;
    const wide = allowing(`*.genesis.test:${port}`, `0.0.0.0/0:${port}`, `[::/0]:${port}`, '10.0.0.0/8:4569');
    const { ask, seen } = startProbeService(wide, NAMES);
    expect(await ask(template.replaceAll('PORT', String(port)))).toMatchObject({ kind, error: expect.any(String) });
    expect(seen.probed).toEqual([]);
    expect(server.accepted).toEqual([]);
    expect(seen.lookups.every((name) => name.endsWith('.genesis.test'))).toBe(true);
  });

  it('is any ad-hoc target, unless the configuration has an allowance', async () => {
    const { ask, seen } = startProbeService('nodes: [{name: a, address: 127.0.0.1}]');
    for (const target of ['127.0.0.1:4569', 'localhost:4569', '10.0.0.5:4569']) {
      expect(await ask(target)).toMatchObject({ kind: 'forbidden' });
    }
    expect(seen).toMatchObject({ probed: [], lookups: [] });
  });
});

describe('what is allowed', () => {
  it.each(['127.0.0.1', 'loopback.genesis.test', 'mapped.genesis.test'])(
    'is connected to, since a range names loopback: %s',
    async (host) => {
      const server = await startHttpServer((_request, response) => response.end(ROWS));
      const entries = [`*.genesis.test:${server.port}`, `127.0.0.1:${server.port}`];
      const { page } = startProbeService(allowing(...entries), NAMES);
      expect(await page(`${host}:${server.port}`)).toContain('probe_success 1');
      expect(server.accepted.length).toBe(1);
    },
  );

  it('is connected to at the address that was looked at, whatever the name resolves to next', async () => {
    const first = await startHttpServer((_request, response) => response.end(ROWS));
    const second = await startTcpServer(undefined, { host: '127.0.0.2', port: first.port });
    const entries = [`*.genesis.test:${first.port}`, `127.0.0.1:${first.port}`];
    const names = { 'rebinding.genesis.test': [['127.0.0.1'], ['127.0.0.2']] };
    const { page, ask, seen, reload } = startProbeService(allowing(...entries), names);
    expect(await page(`rebinding.genesis.test:${first.port}`)).toContain('probe_success 1');
    expect(seen.lookups.length).toBe(1);
    reload(allowing(...entries));
    expect(await ask(`rebinding.genesis.test:${first.port}`)).toMatchObject({ kind: 'forbidden' });
    expect([first.accepted.length, second.accepted.length]).toEqual([1, 0]);
  });

  it('is not followed to where it redirects', async () => {
    const secret = await startTcpServer();
    const location = `http://127.0.0.1:${secret.port}/`;
    const server = await startHttpServer((_request, response) => response.writeHead(302, { location }).end());
    const { page } = startProbeService(allowing(`127.0.0.1:${server.port}`));
    expect(await page(`127.0.0.1:${server.port}`)).toContain('probe_success 0');
    expect([server.accepted.length, secret.accepted.length]).toEqual([1, 0]);
  });

  it('gets no connects to the ports that its answer names', async () => {
    const named = await startTcpServer();
    const rows = JSON.stringify([{ PROCESS_NAME: 'A', STATUS: 'UP', MESSAGE: '', PORT: named.port }]);
    const server = await startHttpServer((_request, response) => response.end(rows));
    const modules = 'modules: {default: {connect: {processes: all}}}';
    const { page } = startProbeService(`${modules}\n${allowing(`127.0.0.1:${server.port}`)}`);
    const lines = await page(`127.0.0.1:${server.port}`);
    expect(lines).toContain(`genesis_process_port{genesis_node="127.0.0.1:${server.port}",process="A"} ${named.port}`);
    expect(named.accepted).toEqual([]);
  });
});

describe('a module', () => {
  const secrets: readonly (readonly [string, string])[] = [
    ['basic_auth', '{basic_auth: {username: u, password: p}}'],
    ['authorization', '{authorization: {credentials: c}}'],
    ['a header', '{http_headers: {X-Key: {values: [v]}}}'],
    ['a client certificate', '{tls_config: {cert_file: a.pem, key_file: a.key}}'],
    ['a proxy', '{proxy_url: "http://127.0.0.1:1"}'],
    ['a query', '{path: "/health/status?token=t"}'],
  ];

  it.each(secrets)('with %s serves ad-hoc targets only when allow_modules names it', async (_, health) => {
    const server = await startTcpServer();
    const target = `127.0.0.1:${server.port}`;
    const modules = `modules: {open: {}, default: {health: ${health}}}`;
    const { ask, seen, reload } = startProbeService(`${modules}\nprobe: {allowed_targets: ["${target}"]}`);
    expect(await ask(target)).toMatchObject({ kind: 'forbidden' });
    expect([seen.probed, server.accepted]).toEqual([[], []]);
    expect(await ask(target, { module: 'open', timeoutMs: 20 })).toMatchObject({ kind: 'probed' });
    reload(`${modules}\nprobe: {allowed_targets: ["${target}"], allow_modules: [default]}`);
    expect(await ask(target, { timeoutMs: 20 })).toMatchObject({ kind: 'probed' });
  });

  it('with a proxy leaves names to the proxy', async () => {
    const proxy = await startHttpServer((request, response) =>
      response.end(request.url?.startsWith('http://a.') ? ROWS : ''),
    );
    const modules = `modules: {default: {health: {proxy_url: "http://127.0.0.1:${proxy.port}"}}}`;
    const yaml = `${modules}\nprobe: {allowed_targets: ["*.genesis.test:80"], allow_modules: [default]}`;
    const { page, seen } = startProbeService(yaml);
    expect(await page('a.genesis.test:80')).toContain('probe_success 1');
    expect(seen.lookups).toEqual([]);
  });

  it('with a proxy looks at the addresses of a name that goes past the proxy', async () => {
    const proxy = await startTcpServer();
    const server = await startTcpServer();
    const target = `loopback.genesis.test:${server.port}`;
    const health = `{proxy_url: "http://127.0.0.1:${proxy.port}", no_proxy: genesis.test}`;
    const probe = `{allowed_targets: ["*.genesis.test:${server.port}"], allow_modules: [default]}`;
    const yaml = `modules: {default: {health: ${health}}}\nprobe: ${probe}`;
    const { ask, seen } = startProbeService(yaml, NAMES);
    expect(await ask(target)).toMatchObject({ kind: 'forbidden' });
    expect(seen.lookups).toEqual(['loopback.genesis.test']);
    expect([proxy.accepted, server.accepted, seen.probed]).toEqual([[], [], []]);
  });

  it('that is not known, or has nothing to probe, is a wrong request', async () => {
    const modules = 'modules: {off: {health: {enabled: false}}}';
    const { ask } = startProbeService(
      `${modules}\nprobe: {allowed_targets: ["10.0.0.0/8:4569"]}\nnodes: [{name: a, address: x}]`,
    );
    for (const target of ['10.0.0.5:4569', 'a', 'whatever']) {
      const answer = await ask(target, { module: 'toString' });
      expect(answer).toEqual({ kind: 'bad_request', error: 'unknown module: toString' });
    }
    expect(await ask('10.0.0.5:4569', { module: 'off' })).toMatchObject({ kind: 'bad_request' });
  });
});
