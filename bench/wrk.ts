import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a load of requests brought. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

/** How a server is loaded. */
export interface LoadOptions {
  readonly seconds: number;
  /** The `Accept` header; none by default. */
  readonly accept?: string | undefined;
  /** Kept-alive connections, each with one request at a time. */
  readonly connections: number;
}

const run = promisify(execFile);
const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

/** Asks one URL of loopback as fast as it answers, with wrk in one thread; rejects when an answer was not a good one. */
export async function load(url: string, { seconds, connections, accept }: LoadOptions): Promise<LoadResult> {
  const header = accept === undefined ? [] : ['-H', `Accept: ${accept}`];
  const flags = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout=10s', '--latency', ...header];
  const { stdout } = await run('wrk', [...flags, url]);
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1];
  const [, p99, unit = ''] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  if (rate === undefined || p99 === undefined || /Non-2xx|Socket errors/.test(stdout))
    throw new Error(`wrk: ${stdout}`);
  return { requestsPerSecond: Number(rate), p99Ms: Number(p99) * (UNITS[unit] ?? Number.NaN) };
}
