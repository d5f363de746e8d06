import type { ServerResponse } from 'node:http';
import { GARBAGE_ANSWER, type HealthAnswer, HTML_ANSWER } from './health-answer.ts';
import { sendHalf, sendLater, sendTrickled, sendWhole } from './send-answer.ts';

/** What is to be different from the normal answer. */
export interface AnswerChange {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** How the health endpoint behaves. */
export type HealthMode =
  /** As the platform does. */
  | { readonly kind: 'normal' }
  /** Accepts the request and never says a word. */
  | { readonly kind: 'hang' }
  /** Sends the head and half of the body, and no more. */
  | { readonly kind: 'hang-mid-body' }
  /** Answers as normal, so much later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Answers as normal, in small pieces with a pause before each. */
  | { readonly kind: 'trickle'; readonly chunkBytes: number; readonly delayMs: number }
  /** Promises the whole length, sends half of it and ends the connection. */
  | { readonly kind: 'cut' }
  /** Resets the connection instead of answering. */
  | { readonly kind: 'reset' }
  /** 200 with JSON that is none. */
  | { readonly kind: 'garbage' }
  /** 200 with somebody else's web page. */
  | { readonly kind: 'html' }
  /** Any code, headers and body; what is left out is as normal. */
  | ({ readonly kind: 'answer' } & AnswerChange)
  /** Nobody listens: connects are refused. */
  | { readonly kind: 'gone' };

/** Answers one request in the manner of `mode`; `normal` is made when its first byte is due. */
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
