import type { Socket } from 'node:net';
import type { RequestTrace } from './trace.ts';

const MAX_HEAD_BYTES = 16_384;

/** Enough to recognise the protocol, and to find an echoed request in it. */
const FIRST_BYTES = 4096;

const SWITCHING_PROTOCOLS = 101;

/**
 * Edits what undici reads from a socket, where undici refuses answers that RFC 9110 asks a client to accept. Interim answers
 * (1xx) are dropped, and several equal `Content-Length` become one. The trace gets the first received bytes.
 */
export function mendAnswerHead(socket: Socket, trace: RequestTrace): void {
  const read = socket.read.bind(socket);
  let held: Buffer | undefined;
  let isDone = false;
  // undici reads all bytes through this method.
  socket.read = (size?: number) => {
    const chunk: Buffer | null = read(size);
    if (isDone || chunk === null) return chunk;
    held = held === undefined ? chunk : Buffer.concat([held, chunk]);
    trace.firstBytes = held.subarray(0, FIRST_BYTES);
    const rest = afterInterimAnswers(held);
    const end = headLength(rest);
    if (end === undefined && isHead(rest) && rest.length < MAX_HEAD_BYTES) {
      held = rest;
      return null;
    }
    isDone = true;
    return end === undefined ? rest : withOneLength(rest, end);
  };
}

function isHead(bytes: Buffer): boolean {
  const start = 'HTTP/1.';
  return start.startsWith(bytes.toString('latin1', 0, start.length));
}

/** Bytes up to the end of the first head; undefined while it is incomplete. */
function headLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end >= 0) return end + 4;
  const bareEnd = bytes.indexOf('\n\n');
  return bareEnd >= 0 ? bareEnd + 2 : undefined;
}

function afterInterimAnswers(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isInterim(rest)) {
    const end = headLength(rest);
    if (end === undefined) break;
    rest = rest.subarray(end);
  }
  return rest;
}

function isInterim(bytes: Buffer): boolean {
  const statusCode = isHead(bytes) ? Number(bytes.toString('latin1', 9, 12)) : Number.NaN;
  return statusCode >= 100 && statusCode < 200 && statusCode !== SWITCHING_PROTOCOLS;
}

function withOneLength(bytes: Buffer, headEnd: number): Buffer {
  const head = bytes.toString('latin1', 0, headEnd);
  if (!mayGiveSeveralLengths(head)) return bytes;
  const given = [...head.matchAll(/^content-length:[ \t]*([^\r\n]*?)[ \t]*\r?$/gim)].map(([, value = '']) => value);
  const values = given.flatMap((value) => value.split(/[ \t]*,[ \t]*/));
  const [first = ''] = values;
  if (values.length < 2 || !/^\d+$/.test(first) || values.some((value) => value !== first)) return bytes;
  const others = head.replace(/^content-length:.*\r?\n/gim, '').replace(/\r?\n\r?\n$/, '');
  return Buffer.concat([
    Buffer.from(`${others}\r\nContent-Length: ${first}\r\n\r\n`, 'latin1'),
    bytes.subarray(headEnd),
  ]);
}

/** A quick check, since nearly all answers have one length. */
function mayGiveSeveralLengths(head: string): boolean {
  const lower = head.toLowerCase();
  const first = lower.indexOf('content-length');
  if (first < 0) return false;
  const comma = lower.indexOf(',', first);
  return lower.includes('content-length', first + 1) || (comma >= 0 && comma < lower.indexOf('\n', first));
}
