import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SERVER_LIMITS } from '../../src/http/limits.ts';
import { listenAll } from '../../src/http/listen.ts';
import { anApp, aPage } from '../helpers/app.ts';
import { until } from '../helpers/servers.ts';
import { webAccess, webInForce } from '../helpers/web.ts';
import { allClosed, closeAllAfterEach, handshake, serve, tlsInForce } from '../helpers/web-tls.ts';

const TLS = tlsInForce('');

closeAllAfterEach();

describe('shutdown', () => {
  it('waits neither for a handshake that does not come nor for a client that does not read', async () => {
    const { app } = anApp([], { web: { ...webAccess(), current: () => webInForce({ tls: TLS }) } });
    const { urls, drain } = await listenAll(() => app, [{ host: '127.0.0.1', port: 0 }], 'https');
    expect(urls).toEqual([expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/)]);
    const port = Number(new URL(urls[0] ?? '').port);
    const silent = connectPlain({ host: '127.0.0.1', port }).on('error', () => {});
    const busy = await handshake(port);
    if (typeof busy !== 'string') busy.on('error', () => {}).write('GET /metrics HTTP/1.1\r\n');
    expect(silent.connecting).toBe(false);
    const startMs = performance.now();
    await drain();
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

describe('an answer', () => {
  it('comes to a client that has closed its own side', async () => {
    const page = aPage('a 1\n');
    const metricsPage = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return page;
    };
    const { app } = anApp([], { metricsPage, web: { ...webAccess(), current: () => webInForce({ tls: TLS }) } });
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    const socket = await handshake(port, { allowHalfOpen: true });
    if (typeof socket === 'string') throw new Error(socket);
    socket.end('GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('what is no handshake', () => {
  it('is closed: plain HTTP at once, silence in time', async () => {
    const { port, log, app } = await serve(tlsInForce(''), { ...SERVER_LIMITS, handshakeTimeoutMs: 80 });
    const talking = connectPlain({ host: '127.0.0.1', port }).on('error', () => {});
    talking.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const silent = connectPlain({ host: '127.0.0.1', port }).on('error', () => {});
    for (const socket of [talking, silent]) {
      socket.resume();
      if (!socket.destroyed) await once(socket, 'close');
    }
    await until(() => log.lines.length === 2);
    expect(log.lines.map(({ message }) => message)).toEqual(['TLS handshake failed', 'TLS handshake failed']);
    await allClosed(app);
  });

  it('is closed with the client that gives up', async () => {
    const { port, app } = await serve(tlsInForce(''), { ...SERVER_LIMITS, handshakeTimeoutMs: 300_000 });
    const client = connectPlain({ host: '127.0.0.1', port }).resume();
    client.end();
    await once(client, 'close');
    await allClosed(app);
    expect(client.errored).toBeNull();
  });
});
