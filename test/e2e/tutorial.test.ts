import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, startExporter } from '../helpers/exporter-process.ts';
import { freePort, hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { hasTool } from '../helpers/promtool.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const RULES = `${ROOT}/prometheus/rules/genesis-exporter.rules.yml`;

/** The commands of the tutorial's page that change the stand-in's answer. */
const EDITS = readFileSync(`${ROOT}/docs/tutorial.md`, 'utf8').match(/^ {4}sed .*$/gm) ?? [];

/** The tutorial's web server: the real nginx, with the files that the compose file mounts, in a folder of the test's. */
async function startGenesisFile() {
  const folder = mkdtempSync(join(tmpdir(), 'tutorial-'));
  const file = join(folder, 'deploy/compose/genesis/status');
  mkdirSync(join(folder, 'deploy/compose/genesis'), { recursive: true });
  copyFileSync(`${ROOT}/deploy/compose/genesis/status`, file);
  const port = await freePort();
  const config = `
daemon off; pid ${folder}/pid; error_log stderr; events {}
http {
  access_log off; default_type application/octet-stream;
  server { listen 127.0.0.1:${port}; location /health/ { alias ${folder}/deploy/compose/genesis/; } }
}`;
  writeFileSync(join(folder, 'nginx.conf'), process.getuid?.() === 0 ? `user root;${config}` : config);
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, healthUrl: `http://127.0.0.1:${port}/health/status` };
}

const canRun = hasPrometheus() && hasTool('nginx', ['-v']);

it.skipIf(!canRun)('leads from the edited answer to the alert, and back', async () => {
  const { folder, healthUrl } = await startGenesisFile();
  const exporter = await startExporter([`--genesis.health-url=${healthUrl}`, '--genesis.node-name=trading-a']);
  const prometheus = await startPrometheus({
    scrapeConfigs: [{ job_name: 'genesis-exporter', static_configs: [{ targets: [new URL(exporter.url).host] }] }],
    ruleFiles: [RULES],
  });
  const statusOf = async () => (await fetch(`${exporter.url}/health/status`)).status;
  const alert = () => prometheus.query('ALERTS{alertname="GenesisProcessDown",process="GENESIS_ROUTER"}');
  const [breaks = '', mends = ''] = EDITS.map((line) => line.trim());

  await eventually(async () => expect(await statusOf()).toBe(200));
  expect(spawnSync('sh', ['-c', breaks], { cwd: folder }).status).toBe(0);
  await eventually(async () => expect(await statusOf()).toBe(503), 40_000);
  await eventually(async () => expect(await alert()).toMatchObject([{ labels: { alertstate: 'pending' } }]), 10_000);
  expect(spawnSync('sh', ['-c', mends], { cwd: folder }).status).toBe(0);
  await eventually(async () => expect(await statusOf()).toBe(200), 40_000);
  await eventually(async () => expect(await alert()).toEqual([]), 10_000);
});

it('breaks and mends with two commands that undo each other', () => {
  expect(EDITS).toHaveLength(2);
});
