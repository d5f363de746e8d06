import { createServer } from 'node:http';
import { type HealthAnswer, NOT_FOUND_ANSWER } from './health-answer.ts';
import { type HealthMode, respond } from './health-mode.ts';
import { type ConnectionCounts, createListener } from './listener.ts';
import { sendWhole } from './send-answer.ts';

/** Where the endpoint listens, and what it says when nothing is wrong with it. */
export interface HealthEndpointOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  answer(): HealthAnswer;
}

/** What the endpoint has seen. */
export interface HealthCounts extends ConnectionCounts {
  /** Requests of any path. */
  readonly requests: number;
}

/** The health endpoint of a stand-in node. */
export interface HealthEndpoint {
  readonly port: number;
  readonly mode: HealthMode;
  readonly counts: HealthCounts;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Counts from the next request on; `gone` stops listening at once, and any other mode after it listens again. */
  setMode(mode: HealthMode): Promise<void>;
}

const PATH = '/health/status';

/** Makes an endpoint that answers `GET /health/status`, and 404 to all else. */
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

  /** Listens or not, as it should now. */
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
