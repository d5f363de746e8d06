import { expect, it } from 'vitest';
import { hasAlertmanager, startAlertmanager } from '../helpers/alertmanager.ts';
import { eventually, startConfigured } from '../helpers/exporter-process.ts';
import { hastenedRules } from '../helpers/hastened-rules.ts';
import { hasPrometheus, startPrometheus } from '../helpers/prometheus-server.ts';
import { startStandIn } from '../helpers/stand-in.ts';

/** A node named `genesis-0` with an exporter of its own, and how Prometheus scrapes that in a namespace. */
async function startIn(namespace: string) {
  const node = await startStandIn();
  const exporter = await startConfigured(`
scrape_interval: 1s
scrape_timeout: 500ms
modules: {default: {connect: {processes: all, timeout: 500ms}}}
nodes: [{name: genesis-0, cluster: trading, health_url: ${node.healthUrl}}]
`);
  return { node, target: { targets: [new URL(exporter.url).host], labels: { namespace } } };
}

it.skipIf(!hasPrometheus() || !hasAlertmanager())(
  'a node pages though its namesake in another namespace is well, and though that one is down',
  { timeout: 300_000 },
  async () => {
    const [prod, uat] = [await startIn('prod'), await startIn('uat')];
    const alertmanager = await startAlertmanager();
    await startPrometheus({
      scrapeConfigs: [{ job_name: 'genesis-exporter', static_configs: [prod.target, uat.target] }],
      ruleFiles: [hastenedRules()],
      alertmanagers: [alertmanager.address],
    });
    const paged = (alertname: string, status: string) =>
      alertmanager.notices
        .filter(({ receiver }) => receiver === 'pager')
        .flatMap(({ alerts, groupLabels }) => alerts.map((alert) => ({ ...alert, groupLabels })))
        .filter((alert) => alert.labels['alertname'] === alertname && alert.status === status);

    await prod.node.kill('GENESIS_ROUTER');
    await eventually(async () => expect(paged('GenesisProcessDown', 'firing')).not.toEqual([]), 60_000);
    const [down] = paged('GenesisProcessDown', 'firing');
    expect(down?.labels).toMatchObject({ genesis_node: 'genesis-0', namespace: 'prod', process: 'GENESIS_ROUTER' });
    expect(down?.annotations['description']).toContain('connect_failed');
    expect(down?.annotations['dashboard_url']).toMatch(/&var-namespace=prod$/);
    expect(down?.groupLabels).toMatchObject({ namespace: 'prod' });

    // An unreachable node inhibits the alerts about its own processes, and those of no other.
    await prod.node.restart('GENESIS_ROUTER');
    await eventually(async () => expect(paged('GenesisProcessDown', 'resolved')).not.toEqual([]), 60_000);
    await uat.node.setHealth({ kind: 'gone' });
    await eventually(async () => expect(paged('GenesisNodeUnreachable', 'firing')).not.toEqual([]), 60_000);
    const before = paged('GenesisProcessDown', 'firing').length;
    await prod.node.kill('GENESIS_ROUTER');
    await eventually(async () => expect(paged('GenesisProcessDown', 'firing').length).toBeGreaterThan(before), 60_000);
    const namespaces = (alertname: string) =>
      new Set(paged(alertname, 'firing').map(({ labels }) => labels['namespace']));
    expect(namespaces('GenesisProcessDown')).toEqual(new Set(['prod']));
    expect(namespaces('GenesisNodeUnreachable')).toEqual(new Set(['uat']));
  },
);
