import type { ProcessTruth } from './stand-in-process.ts';

/** A complete HTTP answer. */
export interface HealthAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const JSON_HEADERS = { 'Content-Type': 'application/json' } as const;

/**
 * The platform's answer: 503 when any listed process is in another state than UP and STANDBY. Whether WARNING is one of
 * the healthy states there is not documented, so the caller says.
 */
export function platformAnswer(processes: readonly ProcessTruth[], warningIs503: boolean): HealthAnswer {
  const healthy = new Set(warningIs503 ? ['UP', 'STANDBY'] : ['UP', 'STANDBY', 'WARNING']);
  const listed = processes.filter(({ reported }) => reported);
  const rows = listed.map(({ name, status, message, port }) => ({
    PROCESS_NAME: name,
    STATUS: status,
    MESSAGE: message,
    PORT: port,
  }));
  return {
    statusCode: listed.every(({ status }) => healthy.has(status)) ? 200 : 503,
    headers: JSON_HEADERS,
    body: Buffer.from(JSON.stringify(rows)),
  };
}

/** An answer that claims to be JSON and breaks off in the middle. */
export const GARBAGE_ANSWER: HealthAnswer = {
  statusCode: 200,
  headers: JSON_HEADERS,
  body: Buffer.from('[{"PROCESS_NAME":"GENESIS_AUTH_MAN\u0000\u0007 java.lang.OutOfMemoryError'),
};

/** The error page of a proxy in front of the endpoint. */
export const HTML_ANSWER: HealthAnswer = {
  statusCode: 200,
  headers: { 'Content-Type': 'text/html' },
  body: Buffer.from('<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>'),
};

/** 404 for every path but the endpoint's own. */
export const NOT_FOUND_ANSWER: HealthAnswer = {
  statusCode: 404,
  headers: { 'Content-Type': 'text/plain' },
  body: Buffer.from('not found\n'),
};
