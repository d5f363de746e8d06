import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createProcessListener, type ProcessListener } from '../../src/stand-in/process-listener.ts';
import { isListening, openConnection } from './sockets.ts';
import { TEST_TLS } from './test-tls.ts';

async function openListener(tls?: typeof TEST_TLS): Promise<ProcessListener> {
  const secure = tls === undefined ? {} : { tls };
  const listener = createProcessListener({ name: 'A', host: '127.0.0.1', port: 0, ...secure });
  onTestFinished(() => listener.close());
  await listener.open();
  return listener;
}

describe('the port of a process', () => {
  it('accepts, says nothing, and answers a FIN with its own', async () => {
    const listener = await openListener();
    const socket = await openConnection(listener.port);
    let heardBytes = 0;
    socket.on('data', (chunk) => {
      heardBytes += chunk.length;
    });
    const ended = once(socket, 'end');
    socket.end();
    await ended;
    expect(heardBytes).toBe(0);
    await vi.waitFor(() => expect(listener.counts).toEqual({ connects: 1, open: 0, resets: 0, receivedBytes: 0 }));
  });

  it('counts what it is told, and a reset', async () => {
    const listener = await openListener();
    const socket = await openConnection(listener.port);
    socket.write('hello');
    await vi.waitFor(() => expect(listener.counts.receivedBytes).toBe(5));
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(listener.counts).toEqual({ connects: 1, open: 0, resets: 1, receivedBytes: 5 }));
  });

  it('ends its connections when it closes, and keeps its port when it opens again', async () => {
    const listener = await openListener();
    const { port } = listener;
    const socket = await openConnection(port);
    const ended = once(socket.resume(), 'end');
    await vi.waitFor(() => expect(listener.counts.open).toBe(1));
    await listener.close();
    await ended;
    expect(listener).toMatchObject({ port, listening: false, counts: { open: 0 } });
    expect(await isListening(port)).toBe(false);
    await listener.open();
    expect(listener).toMatchObject({ port, listening: true });
    expect(await isListening(port)).toBe(true);
  });

  it('opens and closes twice without harm, and in the order asked', async () => {
    const listener = await openListener();
    await Promise.all([listener.open(), listener.close(), listener.close(), listener.open(), listener.open()]);
    expect(await isListening(listener.port)).toBe(true);
    await Promise.all([listener.close(), listener.open(), listener.close()]);
    expect(await isListening(listener.port)).toBe(false);
  });
});

describe('the port of a secure process', () => {
  it('completes a TLS handshake, which is not counted as bytes, and reads what comes after', async () => {
    const listener = await openListener(TEST_TLS);
    const socket = connectTls({ port: listener.port, host: '127.0.0.1', ca: TEST_TLS.cert });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    expect(listener.counts.receivedBytes).toBe(0);
    socket.write('hello');
    await vi.waitFor(() => expect(listener.counts).toEqual({ connects: 1, open: 1, resets: 0, receivedBytes: 5 }));
    socket.end();
    await vi.waitFor(() => expect(listener.counts.open).toBe(0));
  });

  it('survives a reset before, and after, the handshake', async () => {
    const listener = await openListener(TEST_TLS);
    (await openConnection(listener.port)).resetAndDestroy();
    await vi.waitFor(() => expect(listener.counts).toMatchObject({ connects: 1, open: 0 }));
    const raw = await openConnection(listener.port);
    // Through a stream of its own, so that the connection itself stays ours to reset.
    const secure = connectTls({ socket: Duplex.from({ readable: raw, writable: raw }), ca: TEST_TLS.cert });
    secure.on('error', () => undefined).write('hello');
    await vi.waitFor(() => expect(listener.counts.receivedBytes).toBe(5));
    raw.resetAndDestroy();
    await vi.waitFor(() => expect(listener.counts).toMatchObject({ connects: 2, open: 0, resets: 1 }));
    expect(listener.listening).toBe(true);
  });

  it('survives a client that speaks no TLS, which is no reset', async () => {
    const listener = await openListener(TEST_TLS);
    const talker = await openConnection(listener.port);
    talker.on('error', () => undefined);
    talker.resume().end('GET / HTTP/1.1\r\n\r\n');
    await vi.waitFor(() => expect(listener.counts).toEqual({ connects: 1, open: 0, resets: 0, receivedBytes: 0 }));
    expect(await isListening(listener.port)).toBe(true);
  });

  it('survives a client that stops speaking TLS, which is no reset', async () => {
    const listener = await openListener(TEST_TLS);
    const raw = await openConnection(listener.port);
    const secure = connectTls({ socket: Duplex.from({ readable: raw, writable: raw }), ca: TEST_TLS.cert });
    secure.on('error', () => undefined).write('hello');
    await vi.waitFor(() => expect(listener.counts.receivedBytes).toBe(5));
    raw.write('GET / HTTP/1.1\r\n\r\n');
    await vi.waitFor(() => expect(listener.counts).toEqual({ connects: 1, open: 0, resets: 0, receivedBytes: 5 }));
  });

  it('ends its connections when it closes, also those in mid-handshake', async () => {
    const listener = await openListener(TEST_TLS);
    const secure = connectTls({ port: listener.port, host: '127.0.0.1', ca: TEST_TLS.cert });
    await once(secure, 'secureConnect');
    const ended = Promise.all([
      once(secure.resume(), 'close'),
      once((await openConnection(listener.port)).resume(), 'close'),
    ]);
    await vi.waitFor(() => expect(listener.counts.open).toBe(2));
    await listener.close();
    await ended;
    expect(listener.counts.open).toBe(0);
  });
});
