import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createStandInNode, type StandInNode, type StandInOptions } from '../../src/stand-in/stand-in-node.ts';

/** A started node that is stopped when the test ends. */
export async function startNode(options: StandInOptions = {}): Promise<StandInNode> {
  const node = createStandInNode(options);
  onTestFinished(() => node.stop());
  await node.start();
  return node;
}

/** An open connection that is destroyed when the test ends; rejects when it is refused. */
export function openConnection(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('connect', () => resolve(socket));
  });
}

/** Whether something listens on the port. */
export async function isListening(port: number): Promise<boolean> {
  try {
    (await openConnection(port)).end();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
    throw error;
  }
}

/** All that a server sent, and how it came to its end: `silence` when it said no more for `patienceMs`. */
export interface Heard {
  readonly ending: 'fin' | 'reset' | 'silence' | 'refused';
  readonly head: string;
  readonly body: string;
  readonly durationMs: number;
}

/** Sends one HTTP request over a connection of its own and listens until the end. */
export function ask(url: string, patienceMs = 3_000, requestLine = 'GET /health/status'): Promise<Heard> {
  const startedMs = performance.now();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  return new Promise((resolve) => {
    function end(ending: Heard['ending']): void {
      socket.destroy();
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ ending, head, body, durationMs: performance.now() - startedMs });
    }
    socket.setTimeout(patienceMs, () => end('silence'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('end', () => end('fin'));
    socket.write(`${requestLine} HTTP/1.1\r\nHost: stand-in\r\nConnection: close\r\n\r\n`);
  });
}
