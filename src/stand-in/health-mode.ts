import type { ServerResponse } from 'node:http';
import { GARBAGE_ANSWER, type HealthAnswer, HTML_ANSWER } from './health-answer.ts';
import { sendHalf, sendLater, sendTrickled, sendWhole } from './send-answer.ts';

/** Parts of an answer that differ from the normal one. */
export interface AnswerChange {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** How the health endpoint behaves. */
export type HealthMode =
  /** Answers like the platform. */
  | { readonly kind: 'normal' }
  /** Accepts the request and never answers. */
  | { readonly kind: 'hang' }
  /** Sends the head and half of the body, then nothing. */
  | { readonly kind: 'hang-mid-body' }
  /** Answers normally after a delay. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Answers normally in small chunks, with a pause before each. */
  | { readonly kind: 'trickle'; readonly chunkBytes: number; readonly delayMs: number }
  /** Announces the whole length, sends half of it and ends the connection. */
  | { readonly kind: 'cut' }
  /** Resets the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** 200 with a body that is not valid JSON. */
  | { readonly kind: 'garbage' }
  /** 200 with an HTML page of another server. */
  | { readonly kind: 'html' }
  /** Any code, headers and body; parts that are not given stay normal. */
  | ({ readonly kind: 'answer' } & AnswerChange)
  /** Does not listen: connections are refused. */
  | { readonly kind: 'gone' };

/** Answers one request according to `mode`. Calls `normal` when the first byte is due. */
export function respond(response: ServerResponse, mode: HealthMode, normal: () => HealthAnswer): void {
  switch (mode.kind) {
    case 'normal':
      sendWhole(response, normal());
      break;
    case 'hang':
      break;
    case 'hang-mid-body':
      sendHalf(response, normal());
      break;
    case 'slow':
      sendLater(response, normal, mode.delayMs);
      break;
    case 'trickle':
      sendTrickled(response, normal(), mode.chunkBytes, mode.delayMs);
      break;
    case 'cut':
      sendHalf(response, normal(), () => response.destroy());
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'garbage':
      sendWhole(response, GARBAGE_ANSWER);
      break;
    case 'html':
      sendWhole(response, HTML_ANSWER);
      break;
    case 'answer':
      sendWhole(response, changeAnswer(normal(), mode));
      break;
    case 'gone':
      response.destroy();
      break;
    default:
      mode satisfies never;
  }
}

function changeAnswer(normal: HealthAnswer, { statusCode, headers, body }: AnswerChange): HealthAnswer {
  return {
    statusCode: statusCode ?? normal.statusCode,
    headers: { ...normal.headers, ...headers },
    body: body === undefined ? normal.body : Buffer.from(body),
  };
}
