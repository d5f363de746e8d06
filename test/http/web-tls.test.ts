import { Agent, get, type RequestOptions } from 'node:https';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { parseWebConfig } from '../../src/config/web-config.ts';
import { SERVER_LIMITS } from '../../src/http/limits.ts';
import { listenAll } from '../../src/http/listen.ts';
import type { TlsInForce } from '../../src/http/web-tls.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { certificate, tlsFixture, until } from '../helpers/servers.ts';
import { webAccess, webInForce } from '../helpers/web.ts';

const clients: Socket[] = [];

closeAppsAfterEach();
// Hooks run in the order of a stack: the clients leave first.
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

const CA = tlsFixture('ca.pem');

function tlsInForce(options: string, name = 'server', clientCa?: string): TlsInForce {
  const text = `tls_server_config: {cert: c, key: k, ${options}${clientCa === undefined ? '' : ', client_ca: a'}}`;
  const parsed = parseWebConfig(text, { file: 'web.yml', resolveFile: (path) => path });
  if (parsed.kind === 'problems' || parsed.config.tls === undefined) throw new Error(JSON.stringify(parsed));
  return { tls: parsed.config.tls, ...certificate(name), clientCa };
}

/** An app that speaks TLS like this, and a way to change how. */
async function serve(first: TlsInForce) {
  let tls = first;
  const current = () => webInForce({ tls });
  const { app, log } = anApp([], { web: { ...webAccess(), current } }, { ...SERVER_LIMITS, handshakeTimeoutMs: 80 });
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  const change = (next: TlsInForce) => {
    tls = next;
  };
  return { app, port, log, change };
}

/** The status code of `/-/ready`, or the code of what went wrong. */
function ask(
  port: number,
  options: RequestOptions & { readonly session?: Buffer } = {},
): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/-/ready', ca: CA, agent: false, ...options }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

function handshake(port: number, options: object = {}): Promise<TLSSocket | string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca: CA, ...options }, () => resolve(socket));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    clients.push(socket);
  });
}

function failed(outcome: unknown): boolean {
  return typeof outcome === 'string';
}

describe('TLS', () => {
  it('is spoken with the certificate, from version 1.2 on, and HTTP/1.1 over it', async () => {
    const { port } = await serve(tlsInForce(''));
    expect(await ask(port)).toBe(200);
    const socket = await handshake(port, { ALPNProtocols: ['h2', 'http/1.1'] });
    expect(socket).toMatchObject({ alpnProtocol: 'http/1.1', authorized: true });
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' };
    expect(failed(await handshake(port, old))).toBe(true);
  });

  it.each([
    ['TLSv1.2', 'max_version: TLS12', {}],
    ['TLSv1.3', 'min_version: TLS13', {}],
    ['TLSv1.1', 'min_version: TLS10', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
    ['TLSv1.3', 'min_version: TLS10', {}],
    ['TLSv1.3', 'cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]', {}],
    ['TLSv1.3', 'cipher_suites: [TLS_AES_128_GCM_SHA256]', {}],
  ])('is %s with %s', async (version, options, client) => {
    const { port } = await serve(tlsInForce(options));
    const socket = await handshake(port, client);
    expect(typeof socket === 'string' ? socket : socket.getProtocol()).toBe(version);
  });

  it('keeps to the configured cipher suites and curves', async () => {
    const options =
      'max_version: TLS12, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384], curve_preferences: [CurveP384]';
    const { port } = await serve(tlsInForce(options));
    const socket = await handshake(port);
    if (typeof socket === 'string') throw new Error(socket);
    expect(socket.getCipher().standardName).toBe('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384');
    expect(socket.getEphemeralKeyInfo()).toMatchObject({ name: 'secp384r1' });
    expect(failed(await handshake(port, { ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }))).toBe(true);
    expect(failed(await handshake(port, { ecdhCurve: 'P-521' }))).toBe(true);
  });
});

describe('client certificates', () => {
  const BROKEN = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  const NONE = {};
  const GOOD = certificate('client');
  const STRANGE = certificate('self-signed');

  it.each([
    ['NoClientCert', undefined, [200, 200, 200]],
    ['RequestClientCert', CA, [200, 200, 200]],
    ['RequireAnyClientCert', CA, ['refused', 200, 200]],
    ['RequireClientCert', CA, ['refused', 200, 200]],
    ['VerifyClientCertIfGiven', CA, [200, 200, 'refused']],
    ['RequireAndVerifyClientCert', CA, ['refused', 200, 'refused']],
    ['RequireAndVerifyClientCert', '', ['refused', 'refused', 'refused']],
    ['RequireAndVerifyClientCert', `${BROKEN}text\n${CA}`, ['refused', 200, 'refused']],
    ['VerifyClientCertIfGiven', 'no certificate', [200, 'refused', 'refused']],
    ['RequireAndVerifyClientCert, client_allowed_sans: [other, client]', CA, ['refused', 200, 'refused']],
    ['RequireAndVerifyClientCert, client_allowed_sans: [other]', CA, ['refused', 'refused', 'refused']],
    ['VerifyClientCertIfGiven, client_allowed_sans: [client]', CA, ['refused', 200, 'refused']],
    ['RequireAnyClientCert, client_allowed_sans: [localhost]', CA, ['refused', 'refused', 200]],
    ['RequireAnyClientCert, client_allowed_sans: []', CA, ['refused', 'refused', 'refused']],
  ])('%s with authorities %#: without, with a verified, with a strange one', async (options, ca, expected) => {
    const { port } = await serve(tlsInForce(`client_auth_type: ${options}`, 'server', ca));
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const codes = await Promise.all([NONE, GOOD, STRANGE].map((pair) => ask(port, { ...pair, maxVersion })));
      expect(codes.map((code) => (code === 200 ? 200 : 'refused'))).toEqual(expected);
    }
  });

  it('are wanted again when a session is resumed', async () => {
    const { port } = await serve(tlsInForce('client_auth_type: RequireAnyClientCert', 'server', CA));
    const sessions: Buffer[] = [];
    const socket = await handshake(port);
    if (typeof socket !== 'string') socket.on('session', (session) => void sessions.push(session));
    await new Promise((resolve) => (typeof socket === 'string' ? resolve(0) : socket.once('close', resolve)));
    for (const session of [undefined, ...sessions]) {
      expect(await ask(port, session && { session })).not.toBe(200);
    }
  });
});

describe('a change', () => {
  it('holds for new connections, and those that there are go on', async () => {
    const { port, change } = await serve(tlsInForce(''));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const kept: unknown[] = [await ask(port, { agent })];
    change(tlsInForce('client_auth_type: RequireAnyClientCert', 'self-signed'));
    kept.push(await ask(port, { agent }));
    expect(kept).toEqual([200, 200]);
    expect(await ask(port)).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    const ca = tlsFixture('self-signed.pem');
    expect(await ask(port, { ca })).not.toBe(200);
    expect(await ask(port, { ca, ...certificate('client') })).toBe(200);
  });
});

describe('shutdown', () => {
  it('waits neither for a handshake that does not come nor for a client that does not read', async () => {
    const { app } = anApp([], { web: { ...webAccess(), current: () => webInForce({ tls: tlsInForce('') }) } });
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

describe('what is no handshake', () => {
  it('is closed: plain HTTP at once, silence in time', async () => {
    const { port, log, app } = await serve(tlsInForce(''));
    const talking = connectPlain({ host: '127.0.0.1', port }).on('error', () => {});
    talking.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const silent = connectPlain({ host: '127.0.0.1', port }).on('error', () => {});
    for (const socket of [talking, silent]) {
      socket.resume();
      await until(() => socket.destroyed);
    }
    expect(log.lines.map(({ message }) => message)).toEqual(['TLS handshake failed', 'TLS handshake failed']);
    const open = await new Promise((resolve) => app.server.getConnections((_, count) => resolve(count)));
    expect(open).toBe(0);
  });
});
