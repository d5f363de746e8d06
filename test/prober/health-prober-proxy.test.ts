import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { HealthEndpoint } from '../../src/config/settings.ts';
import {
  endpoint,
  healthUrl,
  inline,
  NEVER,
  PLAIN_HTTP,
  PLAIN_TLS,
  probeOnce,
  ROWS,
  startProber,
} from '../helpers/prober-options.ts';
import {
  certificate,
  closedPort,
  listen,
  startHttpServer,
  startHttpsServer,
  startTcpServer,
  type TestServer,
  tlsFixture,
  until,
} from '../helpers/servers.ts';

const CA = inline(tlsFixture('ca.pem'));

/** A proxy that forwards and tunnels, and notes what it was asked for. */
async function startProxy(
  proxy: Server = createServer(),
): Promise<{ readonly server: TestServer; readonly asked: unknown[] }> {
  const asked: unknown[] = [];
  proxy.on('request', ({ method, url = '', headers }: IncomingMessage, response: ServerResponse) => {
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? '-'} ${headers.host}`);
    const { 'proxy-authorization': _, ...forwarded } = headers;
    request(url, { headers: forwarded }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    }).end();
  });
  proxy.on('connect', ({ url = '', headers }, client) => {
    asked.push(`CONNECT ${url} ${headers['proxy-authorization'] ?? '-'}`);
    const target = connect(Number(new URL(`http://${url}`).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    client.on('close', () => target.destroy());
    target.on('error', () => client.destroy());
  });
  return { server: await listen(proxy), asked };
}

function proxied(url: string, proxyUrl: string): HealthEndpoint {
  const proxy = { forHttp: proxyUrl, forHttps: proxyUrl, exceptions: undefined };
  return endpoint(url, { http: { ...PLAIN_HTTP, tls: { ...PLAIN_TLS, ca: CA }, proxy } });
}

test('has a proxy forward a plain request, on a fresh connection each time', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS));
  const proxy = await startProxy();
  const { prober } = startProber(proxied(healthUrl(server), `http://127.0.0.1:${proxy.server.port}`));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  const asked = `GET ${healthUrl(server)} - 127.0.0.1:${server.port}`;
  expect(proxy.asked).toEqual([asked, asked]);
  expect(proxy.server.accepted).toHaveLength(2);
});

test('tunnels TLS through a proxy, by a fresh tunnel each time', async () => {
  const server = await startHttpsServer(certificate('server'), (_, response) => response.end(ROWS));
  const proxy = await startProxy();
  const { prober } = startProber(proxied(healthUrl(server, 'https'), `http://127.0.0.1:${proxy.server.port}`));
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  expect(await prober.probe(NEVER)).toMatchObject({ kind: 'good' });
  const asked = `CONNECT 127.0.0.1:${server.port} -`;
  expect(proxy.asked).toEqual([asked, asked]);
  expect(server.accepted).toHaveLength(2);
  await until(() => proxy.server.openCount() === 0 && server.openCount() === 0);
});

test('speaks TLS to a proxy by its own name, and through it to an endpoint by another', async () => {
  const server = await startHttpsServer(certificate('wrong-name'), (_, response) => response.end(ROWS));
  const proxy = await startProxy(createSecureServer(certificate('server')));
  const through = proxied(healthUrl(server, 'https'), `https://127.0.0.1:${proxy.server.port}`);
  const tls = { ...through.http.tls, serverName: 'other.example' };
  expect(await probeOnce({ ...through, http: { ...through.http, tls } })).toMatchObject({ kind: 'good' });
  expect(proxy.asked).toHaveLength(1);
});

test.each(['http', 'https'])('shows its credentials to the proxy alone with %s', async (scheme) => {
  const seen: unknown[] = [];
  const note = (
    { headers }: { headers: NodeJS.Dict<string | string[]> },
    response: { end(text: string): void },
  ): void => {
    seen.push(headers['proxy-authorization']);
    response.end(ROWS);
  };
  const server = await (scheme === 'http' ? startHttpServer(note) : startHttpsServer(certificate('server'), note));
  const proxy = await startProxy();
  const proxyUrl = `http://us%40er:pa%3Ass@127.0.0.1:${proxy.server.port}`;
  expect(await probeOnce(proxied(healthUrl(server, scheme), proxyUrl))).toMatchObject({ kind: 'good' });
  expect(proxy.asked[0]).toContain(`Basic ${Buffer.from('us@er:pa:ss').toString('base64')}`);
  expect(seen).toEqual([undefined]);
});

test.each(['http', 'https'])(
  'a proxy that is not there is a failure that does not tell its password, with %s',
  async (scheme) => {
    const proxyUrl = `http://user:geheim@127.0.0.1:${await closedPort()}`;
    const result = await probeOnce(proxied(healthUrl({ port: 1 }, scheme), proxyUrl));
    expect(result).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(JSON.stringify(result)).not.toContain('geheim');
  },
);

test('a proxy that will not tunnel is a failure with its code', async () => {
  const proxy = await startTcpServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'));
  });
  const result = await probeOnce(proxied(healthUrl({ port: 1 }, 'https'), `http://127.0.0.1:${proxy.port}`));
  expect(result).toMatchObject({ kind: 'failed', reason: 'other', statusCode: undefined });
  expect(result).toHaveProperty('detail', expect.stringContaining('the proxy answered 407'));
});

test('a proxy that hangs up is asked once', async () => {
  const proxy = await startTcpServer((socket) => socket.once('data', () => socket.end()));
  const result = await probeOnce(proxied(healthUrl({ port: 1 }, 'https'), `http://127.0.0.1:${proxy.port}`));
  expect(result).toMatchObject({ kind: 'failed', reason: 'reset' });
  expect(proxy.accepted).toHaveLength(1);
});

test('a proxy that hangs is a timeout and leaves no socket', async () => {
  const proxy = await startTcpServer();
  const slow = proxied(healthUrl({ port: 1 }, 'https'), `http://127.0.0.1:${proxy.port}`);
  expect(await probeOnce({ ...slow, timeoutMs: 80 })).toMatchObject({ kind: 'failed', reason: 'timeout' });
  await until(() => proxy.openCount() === 0);
});
