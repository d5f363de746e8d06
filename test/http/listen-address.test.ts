import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpDeps } from '../../src/http/deps.ts';
import { createRequestGate } from '../../src/http/limits-gate.ts';
import { listenAll } from '../../src/http/listen.ts';
import { anApp } from '../helpers/app.ts';
import { hasTool } from '../helpers/promtool.ts';
import { until } from '../helpers/servers.ts';
import { askSocket, socketPath } from '../helpers/unix-socket.ts';
import { SECRET_HASH, webAccess, webInForce } from '../helpers/web.ts';
import { CA, tlsInForce } from '../helpers/web-tls.ts';

const run = promisify(execFile);

/** An app that listens on a unix socket until it is drained, or the test has ended. */
async function listenAt(path: string, changes: Partial<HttpDeps> = {}) {
  const { app, log } = anApp([], changes);
  const { urls, drain } = await listenAll(() => app, [{ path }], 'http');
  let drained: Promise<void> | undefined;
  const stop = () => {
    drained ??= drain();
    return drained;
  };
  onTestFinished(stop);
  return { urls, stop, log };
}

/** Another process that listens there, with a queue of one, until it is killed or the test has ended. */
async function startListener(path: string) {
  const script = `require('node:net').createServer((c) => c.destroy()).listen({ path: ${JSON.stringify(path)}, backlog: 1 }, () => console.log(''))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  await once(child.stdout, 'data');
  return { child, closed };
}

describe('a unix socket', () => {
  it('answers, is open to its owner and group alone, and is gone after the stop', async () => {
    const path = socketPath();
    const before = process.umask(0);
    const { urls, stop } = await listenAt(path).finally(() => process.umask(before));
    expect(urls).toEqual([`unix:${path}`]);
    expect(lstatSync(path).mode & 0o7777).toBe(0o660);
    expect(await askSocket(path)).toBe(200);
    await stop();
    expect(existsSync(path)).toBe(false);
    expect(await askSocket(path)).toBe('ENOENT');
  });

  it('lets a request finish that was under way at the stop', async () => {
    const path = socketPath();
    let answer: (() => void) | undefined;
    const { stop } = await listenAt(path, {
      probe: () =>
        new Promise((resolve) => {
          answer = () => resolve({ kind: 'bad_request', error: 'no' });
        }),
    });
    const asked = askSocket(path, '/probe?target=a');
    await until(() => answer !== undefined);
    const stopped = stop();
    expect(await askSocket(path)).toBe('ENOENT');
    answer?.();
    expect(await asked).toBe(400);
    await stopped;
  });

  it('replaces the one that a killed process left behind', async () => {
    const path = socketPath();
    const { child, closed } = await startListener(path);
    child.kill('SIGKILL');
    await closed;
    expect(await askSocket(path)).toBe('ECONNREFUSED');
    await listenAt(path);
    expect(await askSocket(path)).toBe(200);
  });

  it('is not taken from a process that listens', async () => {
    const path = socketPath();
    const other = createServer().listen(path);
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    await expect(listenAt(path)).rejects.toThrow(`cannot listen on unix:${path}: the socket is in use`);
    expect(lstatSync(path).isSocket()).toBe(true);
  });

  it('is not taken from a process that hangs, not even when its queue is full', async () => {
    const path = socketPath();
    const { child } = await startListener(path);
    child.kill('SIGSTOP');
    for (const expected of ['connected', 'EAGAIN']) {
      const waiting = connect(path);
      onTestFinished(() => void waiting.destroy());
      const seen = new Promise((resolve) => {
        waiting.on('connect', () => resolve('connected'));
        waiting.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      });
      await expect(listenAt(path)).rejects.toThrow(`cannot listen on unix:${path}: the socket is in use`);
      expect(await seen).toBe(expected);
    }
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'precious'), 'there is a file that is not a socket'],
    ['a folder', (path: string) => void mkdirSync(path), 'there is a file that is not a socket'],
    ['a link', (path: string) => symlinkSync('/nowhere', path), 'there is a file that is not a socket'],
  ])('never takes the place of %s', async (_what, make, reason) => {
    const path = socketPath();
    make(path);
    const before = lstatSync(path);
    await expect(listenAt(path)).rejects.toThrow(`cannot listen on unix:${path}: ${reason}`);
    expect(lstatSync(path)).toEqual(before);
    if (before.isFile()) expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('says that there is no folder for it', async () => {
    const path = join(socketPath(), 'missing', 'exporter.sock');
    await expect(listenAt(path)).rejects.toThrow(`cannot listen on unix:${path}: there is no such folder`);
  });

  it('is removed again when another address cannot be had', async () => {
    const path = socketPath();
    const addresses = [{ path }, { path: join(path, 'b.sock') }];
    await expect(listenAll(() => anApp([]).app, addresses)).rejects.toThrow('cannot listen on');
    expect(existsSync(path)).toBe(false);
  });

  it('knows users', async () => {
    const path = socketPath();
    const web = webAccess({ users: new Map([['reader', SECRET_HASH]]) });
    await listenAt(path, { web });
    expect(await askSocket(path)).toBe(401);
    expect(await askSocket(path, '/-/ready', 'reader:wrong')).toBe(401);
    expect(await askSocket(path, '/-/ready', 'reader:secret')).toBe(200);
  });

  it('knows the rate limit', async () => {
    const path = socketPath();
    const clock = { monotonicMs: () => 0, wallMs: () => 0 };
    await listenAt(path, {
      gate: createRequestGate({ maxRequests: 0, rateLimit: () => ({ intervalMs: 1000, burst: 1 }), clock }),
    });
    expect([await askSocket(path, '/metrics'), await askSocket(path, '/metrics')]).toEqual([200, 429]);
  });

  it('speaks TLS, and logs a client without an address that does not', async () => {
    const path = socketPath();
    const { log } = await listenAt(path, {
      web: { ...webAccess(), current: () => webInForce({ tls: tlsInForce('') }) },
    });
    const socket = connectTls({ path, ca: CA, servername: 'localhost' });
    await once(socket, 'secureConnect');
    socket.end('GET /-/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(await askSocket(path)).toBe('ECONNRESET');
    expect(log.lines).toMatchObject([{ message: 'TLS handshake failed', data: { client: undefined } }]);
  });

  it.skipIf(!hasTool('curl'))('answers curl', async () => {
    const path = socketPath();
    await listenAt(path);
    const { stdout } = await run('curl', ['--silent', '--unix-socket', path, 'http://localhost/-/ready']);
    expect(stdout).toBe('genesis-exporter is ready.\n');
  });
});
