import type { ServerResponse } from 'node:http';
import type { HealthAnswer } from './health-answer.ts';

/** Sends an answer like any web server. */
export function sendWhole(response: ServerResponse, answer: HealthAnswer): void {
  sendHead(response, answer);
  response.end(answer.body);
}

/** Sends the head, which announces the whole length, and half of the body; then calls `onSent`. */
export function sendHalf(response: ServerResponse, answer: HealthAnswer, onSent?: () => void): void {
  sendHead(response, answer);
  response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), onSent);
}

/** Sends an answer after `delayMs`, unless the client has disconnected by then. */
export function sendLater(response: ServerResponse, answer: () => HealthAnswer, delayMs: number): void {
  const timer = setTimeout(() => sendWhole(response, answer()), delayMs);
  response.once('close', () => clearTimeout(timer));
}

/** Sends the head at once and the body in chunks of `chunkBytes`, with a pause of `delayMs` before each. */
export function sendTrickled(
  response: ServerResponse,
  answer: HealthAnswer,
  chunkBytes: number,
  delayMs: number,
): void {
  let sentBytes = 0;
  sendHead(response, answer);
  response.flushHeaders();
  const timer = setInterval(() => {
    response.write(answer.body.subarray(sentBytes, sentBytes + chunkBytes));
    sentBytes += chunkBytes;
    if (sentBytes < answer.body.length) return;
    clearInterval(timer);
    response.end();
  }, delayMs);
  response.once('close', () => clearInterval(timer));
}

function sendHead(response: ServerResponse, { statusCode, headers, body }: HealthAnswer): void {
  response.writeHead(statusCode, { 'Content-Length': body.length, ...headers });
}
