import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Alert, hasAlertmanager, startAlertmanager } from '../helpers/alertmanager.ts';
import { eventually, startConfigured } from '../helpers/exporter-process.ts';
import { hastenedRules } from '../helpers/hastened-rules.ts';
import { hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const RUNBOOKS = new URL('../../docs/runbooks/', import.meta.url);
/** Everything from a stand-in node to a webhook. */
async function setUp() {
  const node = await startStandIn();
  const exporter = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 500ms
modules: {default: {connect: {processes: all, timeout: 500ms}}}
nodes: [{name: a, cluster: trading, health_url: ${node.healthUrl}}]
`);
  const alertmanager = await startAlertmanager();
  const prometheus = await startPrometheus({
    scrapeConfigs: [{ job_name: 'genesis-exporter', static_configs: [{ targets: [new URL(exporter.url).host] }] }],
    ruleFiles: [hastenedRules()],
    alertmanagers: [alertmanager.address],
  });
  const sent = (receiver: string, alertname: string, status: Alert['status']) =>
    alertmanager.notices
      .filter((notice) => notice.receiver === receiver)
      .flatMap(({ alerts }) => alerts)
      .find((alert) => alert.labels['alertname'] === alertname && alert.status === status);
  const arrives = (receiver: string, labels: Record<string, string>, status: Alert['status']) =>
    eventually(async () => {
      expect(sent(receiver, labels['alertname'] ?? '', status)).toMatchObject({ labels });
    }, 60_000);
  return { node, prometheus, alertmanager, sent, arrives };
}

/** Records that have a value on one healthy node of a cluster within seconds. */
const RECORDED_AT_ONCE = [
  'genesis_process:genesis_process_healthy:max',
  'genesis_process:genesis_process_status:max',
  'genesis_process:genesis_process_lmdb_used_ratio:max',
  'genesis_node:genesis_node_healthy:max',
  'genesis_node:genesis_node_health_endpoint_up:max',
  'genesis_node:genesis_process_unhealthy:count',
  'genesis_node:genesis_probe_failures:ratio_rate15m',
  'genesis_cluster:genesis_node_info:count',
  'genesis_cluster_process:genesis_process_status:sum',
  'genesis_node:genesis_node_healthy:avg_over_time5m',
];

const canRun = hasPrometheus() && hasAlertmanager();

it.skipIf(!canRun)('evaluates every rule without an error, and records what a healthy node has', async () => {
  const { prometheus } = await setUp();
  await eventually(async () => {
    for (const name of RECORDED_AT_ONCE) expect(await prometheus.query(`{__name__="${name}"}`), name).not.toEqual([]);
    const { data } = JSON.parse(await (await fetch(`${prometheus.url}/api/v1/rules`)).text());
    const rules: readonly { name: string; health: string; lastError?: string }[] = data.groups.flatMap(
      (group: { rules: unknown }) => group.rules,
    );
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    expect(rules.length).toBeGreaterThan(40);
  }, 60_000);
});

it.skipIf(!canRun)('pages for a process that dies, once, and says when it is back', async () => {
  const { node, alertmanager, sent, arrives } = await setUp();
  const labels = {
    alertname: 'GenesisProcessDown',
    genesis_node: 'a',
    process: 'GENESIS_ROUTER',
    severity: 'critical',
  };
  await node.kill('GENESIS_ROUTER');
  await arrives('pager', labels, 'firing');
  const { annotations } = sent('pager', 'GenesisProcessDown', 'firing') ?? {};
  expect(annotations?.['description']).toContain('GENESIS_ROUTER on node a');
  expect(annotations?.['description']).toContain('connect_failed');
  expect(annotations?.['dashboard_url']).toBe('/d/genesis-node?var-genesis_node=a&var-process=GENESIS_ROUTER');
  expect(existsSync(new URL(annotations?.['runbook_url']?.split('/').at(-1) ?? 'none', RUNBOOKS))).toBe(true);
  const notice = alertmanager.notices.find(({ alerts }) =>
    alerts.some((alert) => alert.labels['process'] === 'GENESIS_ROUTER'),
  );
  expect(notice?.groupLabels).toMatchObject({ genesis_node: 'a' });
  await eventually(async () => expect(await alertmanager.inhibited()).toContain('GenesisProcessNotListening'), 30_000);
  await node.restart('GENESIS_ROUTER');
  await arrives('pager', labels, 'resolved');
});

it.skipIf(!canRun)('warns of a store that fills up, and pages when it is nearly full', async () => {
  const { node, arrives } = await setUp();
  const labels = { alertname: 'GenesisLmdbAlmostFull', genesis_node: 'a', process: 'GENESIS_NOTIFY', store: '0' };
  node.setLmdb('GENESIS_NOTIFY', 74);
  await arrives('chat', { ...labels, severity: 'warning' }, 'firing');
  node.setLmdb('GENESIS_NOTIFY', 96);
  await arrives('pager', { ...labels, severity: 'critical' }, 'firing');
  node.setLmdb('GENESIS_NOTIFY', 12);
  await arrives('pager', { ...labels, severity: 'critical' }, 'resolved');
});

it.skipIf(!canRun)('pages for a health endpoint that goes away, and for none of the processes behind it', async () => {
  const { node, sent, arrives } = await setUp();
  const labels = { alertname: 'GenesisNodeUnreachable', genesis_node: 'a', severity: 'critical' };
  await node.setHealth({ kind: 'gone' });
  await arrives('pager', labels, 'firing');
  // Long enough for the alerts of processes, were they not inhibited.
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  for (const alertname of ['GenesisProcessDown', 'GenesisProcessUnhealthy', 'GenesisProcessVanished']) {
    for (const receiver of ['pager', 'chat']) expect(sent(receiver, alertname, 'firing')).toBeUndefined();
  }
  await node.setHealth({ kind: 'normal' });
  await arrives('pager', labels, 'resolved');
});
