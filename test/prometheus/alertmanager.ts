import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

/** The labels of an alert. */
export type Labels = Readonly<Record<string, string>>;

/** A running Alertmanager. */
export interface Alertmanager {
  /** Lets alerts fire, and tells which of them are not inhibited: their names, sorted. */
  fire(alerts: readonly Labels[]): Promise<readonly string[]>;
}

const FIRING = z.array(z.object({ labels: z.object({ alertname: z.string() }) }));

/** Debian's name for the program, which others call alertmanager. */
export const ALERTMANAGER = 'prometheus-alertmanager';

/** Starts Alertmanager with a configuration file on a free port of loopback; it ends with the test. */
export async function startAlertmanager(configPath: string): Promise<Alertmanager> {
  const storage = mkdtempSync(join(tmpdir(), 'alertmanager-'));
  const child = spawn(
    ALERTMANAGER,
    [
      `--config.file=${configPath}`,
      `--storage.path=${storage}`,
      '--web.listen-address=127.0.0.1:0',
      '--cluster.listen-address=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(storage, { recursive: true });
  });
  const url = await listeningUrl(child.stderr);

  async function fire(alerts: readonly Labels[]): Promise<readonly string[]> {
    const posted = await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts.map((labels) => ({ labels }))),
    });
    if (!posted.ok) throw new Error(`Alertmanager answered ${posted.status}: ${await posted.text()}`);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const all = await get('');
      if (all.length === alerts.length) return get('?inhibited=false');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('Alertmanager does not show the alerts');
  }

  async function get(query: string): Promise<readonly string[]> {
    const answer = await fetch(`${url}/api/v2/alerts${query}`);
    return FIRING.parse(await answer.json())
      .map(({ labels }) => labels.alertname)
      .toSorted();
  }

  return { fire };
}

async function listeningUrl(log: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: log })) {
    lines.push(line);
    const [, address] = /msg="Listening on" address=(\S+)/.exec(line) ?? [];
    if (address !== undefined) {
      log.resume();
      return `http://${address}`;
    }
  }
  throw new Error(`Alertmanager did not start: ${lines.join('\n')}`);
}
