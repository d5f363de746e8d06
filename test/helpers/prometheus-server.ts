import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { poll } from './exporter-process.ts';
import { programOf } from './promtool.ts';

/** What a Prometheus is started with. */
export interface PrometheusOptions {
  /** As under `scrape_configs` in its own configuration; every second unless said otherwise. */
  readonly scrapeConfigs: readonly Readonly<Record<string, unknown>>[];
  /** Paths of files of rules, evaluated every second. */
  readonly ruleFiles?: readonly string[];
  /** `HOST:PORT` of each Alertmanager. */
  readonly alertmanagers?: readonly string[];
}

/** One series of an answer, with the last of its values. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus that runs. */
export interface PrometheusServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What an expression is now; rejects with Prometheus' own words when it cannot be evaluated. */
  query(expr: string): Promise<readonly Sample[]>;
  /** What an expression was second by second in the time until now, each series with its last value. */
  queryRange(expr: string, seconds: number): Promise<readonly Sample[]>;
}

/** Whether Prometheus can be run; where it must be, under CI, its absence is an error. */
export function hasPrometheus(): boolean {
  const { status, stdout } = spawnSync(programOf('prometheus'), ['--version'], { encoding: 'utf8' });
  const isThere = status === 0;
  if (isThere && process.env['PROMETHEUS'])
    console.info(`runs on ${process.env['PROMETHEUS']}: ${stdout.split('\n')[0]}`);
  if (!isThere && process.env['CI'] === 'true') throw new Error('prometheus is missing, and CI must have it');
  if (!isThere) console.warn('skipped: no prometheus');
  return isThere;
}

/** Starts a real Prometheus on a free port of loopback, with its data in a folder that goes; it ends with the test. */
export async function startPrometheus(options: PrometheusOptions): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  const configFile = join(folder, 'prometheus.yml');
  writeFileSync(configFile, JSON.stringify(configOf(options)));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const flags = [`--config.file=${configFile}`, `--storage.tsdb.path=${join(folder, 'data')}`];
  const child = spawn(programOf('prometheus'), [...flags, `--web.listen-address=127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  await poll(async () => {
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}: ${log}`);
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    return response?.ok ? true : undefined;
  });

  async function ask(path: string, parameters: Readonly<Record<string, string>>): Promise<readonly Sample[]> {
    const response = await fetch(`${url}/api/v1/${path}`, { method: 'POST', body: new URLSearchParams(parameters) });
    const { error, data }: Answer = JSON.parse(await response.text());
    if (data === undefined) throw new Error(`${parameters['query']}: ${error}`);
    return data.result.map(({ metric, value, values }) => ({
      labels: metric,
      value: Number((value ?? values?.at(-1))?.[1]),
    }));
  }

  return {
    url,
    query: (query) => ask('query', { query }),
    queryRange(query, seconds) {
      const end = Date.now() / 1000;
      return ask('query_range', { query, start: String(end - seconds), end: String(end), step: '1' });
    },
  };
}

/** As much of an answer of Prometheus' API as is read here. */
interface Answer {
  readonly error?: string;
  readonly data?: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value?: readonly [number, string];
      readonly values?: readonly (readonly [number, string])[];
    }[];
  };
}

/** The configuration as JSON, which is YAML too. */
function configOf({ scrapeConfigs, ruleFiles = [], alertmanagers = [] }: PrometheusOptions): unknown {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles,
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] },
    scrape_configs: scrapeConfigs,
  };
}

/** Below the ports that the system gives to outgoing connections, which would take a chosen port before a server has it. */
const [FIRST_PORT, LAST_PORT] = [12_000, 32_000];

/** A free port of loopback. Prometheus does not say which port it got when it is started with 0. */
export async function freePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}
