import type { Duplex } from 'node:stream';
import type { buildConnector, Dispatcher } from 'undici';

/** Opens a tunnel to `target` (`host:port`) through an HTTP proxy; rejects when the proxy refuses it. */
export async function openTunnel(proxy: URL, target: string, dial: buildConnector.connector): Promise<Duplex> {
  const { Client } = await import('undici');
  const client: Dispatcher = new Client(proxy.origin, { connect: dial, headersTimeout: 0, bodyTimeout: 0 });
  try {
    const headers = ['host', target, ...proxyHeaders(proxy)];
    const { statusCode, socket } = await client.connect({ origin: proxy.origin, path: target, headers });
    if (statusCode === 200) return socket;
    socket.destroy();
    throw new Error(`the proxy answered ${statusCode}`);
  } catch (error) {
    // undici would retry without end after a socket's own error.
    throw new Error(error instanceof Error ? `proxy: ${error.message}` : 'proxy', { cause: error });
  } finally {
    await client.destroy();
  }
}

/** The header with the credentials from the proxy's URL; empty without credentials. */
export function proxyHeaders({ username, password }: URL): readonly string[] {
  if (username === '' && password === '') return [];
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return ['proxy-authorization', `Basic ${Buffer.from(pair).toString('base64')}`];
}
