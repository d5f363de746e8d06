import { createServer } from 'node:http';
import { type HealthAnswer, NOT_FOUND_ANSWER } from './health-answer.ts';
import { type HealthMode, respond } from './health-mode.ts';
import { type ConnectionCounts, createListener } from './listener.ts';
import { sendWhole } from './send-answer.ts';

/** Where the endpoint listens, and what it answers in normal operation. */
export interface HealthEndpointOptions {
  readonly host: string;
  /** 0 for a free port. */
  readonly port: number;
  answer(): HealthAnswer;
}

/** Counts of the endpoint. */
export interface HealthCounts extends ConnectionCounts {
  /** Requests for any path. */
  readonly requests: number;
}

/** The health endpoint of a stand-in node. */
export interface HealthEndpoint {
  readonly port: number;
  readonly mode: HealthMode;
  readonly counts: HealthCounts;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Takes effect with the next request. `gone` stops listening at once; any other mode listens again. */
  setMode(mode: HealthMode): Promise<void>;
}

const PATH = '/health/status';

/** Creates an endpoint that answers `GET /health/status`, and 404 for every other path. */
export function createHealthEndpoint({ host, port, answer }: HealthEndpointOptions): HealthEndpoint {
  let mode: HealthMode = { kind: 'normal' };
  let requests = 0;
  let isOpen = false;

  const server = createServer((request, response) => {
    requests += 1;
    if (request.method === 'GET' && request.url === PATH) respond(response, mode, answer);
    else sendWhole(response, NOT_FOUND_ANSWER);
  });
  const listener = createListener(server, { name: 'the health endpoint', host, port });

  /** Starts or stops listening, as the mode asks for. */
  function settle(): Promise<void> {
    return isOpen && mode.kind !== 'gone' ? listener.open() : listener.close();
  }

  return {
    get port() {
      return listener.port;
    },
    get mode() {
      return mode;
    },
    get counts() {
      return { ...listener.counts, requests };
    },
    open() {
      isOpen = true;
      return settle();
    },
    close() {
      isOpen = false;
      return settle();
    },
    setMode(next) {
      mode = next;
      return settle();
    },
  };
}
