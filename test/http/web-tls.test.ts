import { Agent } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { certificate, tlsFixture } from '../helpers/servers.ts';
import { ask, CA, closeAllAfterEach, failed, handshake, serve, tlsInForce } from '../helpers/web-tls.ts';

closeAllAfterEach();

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
