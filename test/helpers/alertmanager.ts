import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { poll } from './exporter-process.ts';
import { freePort } from './prometheus-server.ts';

// Debian's name for it.
const BINARY = 'prometheus-alertmanager';
const EXAMPLE = new URL('../../prometheus/alertmanager.example.yml', import.meta.url);

/** One alert of a notice. */
export interface Alert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** One message to a receiver. */
export interface Notice {
  readonly receiver: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly Alert[];
}

/** A running Alertmanager, and what it sent. */
export interface Alertmanager {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  readonly notices: readonly Notice[];
  /** Names of the alerts that others inhibit now. */
  inhibited(): Promise<readonly string[]>;
}

/** Whether Alertmanager can be run; where it must be, under CI, its absence is an error. */
export function hasAlertmanager(): boolean {
  const isThere = spawnSync(BINARY, ['--version']).status === 0;
  if (!isThere && process.env['CI'] === 'true') throw new Error(`${BINARY} is missing, and CI must have it`);
  if (!isThere) console.warn(`skipped: no ${BINARY}`);
  return isThere;
}

/** Starts Alertmanager with the example's routes and inhibitions, its waits shortened and no time muted, on a webhook of the test's. */
export async function startAlertmanager(): Promise<Alertmanager> {
  const notices: Notice[] = [];
  const webhook = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    notices.push(JSON.parse(body));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(webhook, 'listening');
  onTestFinished(() => void webhook.close());
  const bound = webhook.address();
  const webhookPort = typeof bound === 'object' ? bound?.port : undefined;

  const config = readFileSync(EXAMPLE, 'utf8')
    .replaceAll('127.0.0.1:9095', `127.0.0.1:${webhookPort}`)
    .replace(/group_wait: .*/, 'group_wait: 1s')
    .replace(/group_interval: .*/, 'group_interval: 1s')
    .replace(/weekdays: .*/, "years: ['2000']");
  const folder = mkdtempSync(join(tmpdir(), 'alertmanager-'));
  writeFileSync(join(folder, 'alertmanager.yml'), config);
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const flags = [`--config.file=${join(folder, 'alertmanager.yml')}`, `--storage.path=${join(folder, 'data')}`];
  const child = spawn(BINARY, [...flags, `--web.listen-address=${address}`, '--cluster.listen-address='], {
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  await poll(async () => {
    if (child.exitCode !== null) throw new Error(`${BINARY} ended with ${child.exitCode}`);
    return (await fetch(`http://${address}/-/ready`).catch(() => undefined))?.ok ? true : undefined;
  });

  async function inhibited(): Promise<readonly string[]> {
    const response = await fetch(`http://${address}/api/v2/alerts`);
    const alerts: readonly { labels: Record<string, string>; status: { inhibitedBy: string[] } }[] = JSON.parse(
      await response.text(),
    );
    return alerts.filter(({ status }) => status.inhibitedBy.length > 0).map(({ labels }) => labels['alertname'] ?? '');
  }

  return { address, notices, inhibited };
}
