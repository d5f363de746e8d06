import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from './driver.ts';
import { freePort } from './free-port.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';
import type { Stalls } from './stalls.ts';
import { TIMING } from './timing.ts';

/** What a Prometheus that dies at times works with. */
export interface PrometheusDeps {
  readonly driver: Driver;
  /** For its configuration and data. */
  readonly folder: string;
  readonly random: Random;
  readonly stalls: Stalls;
  readonly signal: AbortSignal;
}

const READY_WITHIN_MS = 30_000;

/** How long Prometheus itself takes from its start until it knows whom to scrape. */
const DISCOVERY_MS = 5000;

/** Whether there is a Prometheus to be run. */
export function hasPrometheus(): boolean {
  return spawnSync('prometheus', ['--version']).status === 0;
}

/**
 * Runs a Prometheus on the exporter and ends it by `kill -9`, over and over; throws when two intervals after it knows
 * whom to scrape, exporter and machine steady meanwhile, it has not every node.
 */
export async function killPrometheus({ driver, folder, random, stalls, signal }: PrometheusDeps): Promise<void> {
  const port = await freePort();
  const configFile = join(folder, 'prometheus.yml');
  const scrape = { job_name: 'genesis', static_configs: [{ targets: [new URL(driver.url).host] }] };
  const interval = `${TIMING.intervalMs}ms`;
  const global = { scrape_interval: interval, scrape_timeout: interval };
  writeFileSync(configFile, JSON.stringify({ global, scrape_configs: [scrape] }));
  const flags = [`--config.file=${configFile}`, `--storage.tsdb.path=${join(folder, 'prometheus')}`];

  async function live(): Promise<void> {
    const child = spawn('prometheus', [...flags, `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    try {
      await untilReady();
      const [changesBefore, readyMs] = [driver.changes, performance.now()];
      const readySeconds = Date.now() / 1000;
      await pause(DISCOVERY_MS + 2 * TIMING.intervalMs, signal);
      if (signal.aborted) return;
      // What its life before had seen goes on to be shown for a while.
      const seen = await query(`count(timestamp(genesis_node_info) > ${readySeconds})`);
      const isSteady =
        driver.changes === changesBefore && changesBefore % 2 === 0 && !stalls.during(readyMs, performance.now());
      if (isSteady && seen !== driver.configured().length)
        throw new Error(`Prometheus, started anew, has ${seen} of ${driver.configured().length} nodes`);
      await pause(random.between(0, 10_000), signal);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  }

  async function untilReady(): Promise<void> {
    const endMs = performance.now() + READY_WITHIN_MS;
    while (!signal.aborted) {
      const response = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined);
      if (response?.ok) return;
      if (performance.now() > endMs) throw new Error('Prometheus is not ready');
      await pause(50, signal);
    }
  }

  async function query(expression: string): Promise<number> {
    const url = `http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({ query: expression })}`;
    const value = /"value":\[[\d.]+,"(\d+)"\]/.exec(await (await fetch(url)).text())?.[1];
    return Number(value ?? 0);
  }

  while (!signal.aborted) await live();
}
