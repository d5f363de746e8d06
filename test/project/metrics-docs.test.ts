import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAMILIES } from '../../src/collector/metrics-table.ts';
import { createOwnMetrics } from '../../src/collector/own-metrics.ts';

const DOCS = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

/** The rows of the tables: name, type and labels. */
function documented(): readonly string[] {
  const rows = DOCS.matchAll(/^\| `(genesis_\w+)` \| (\w+) \| ([^|]*)\|/gm);
  return [...rows].map(([, name, type, labels]) => `${name} ${type} ${labels?.replaceAll('`', '').trim()}`);
}

async function ownFamilies(): Promise<readonly string[]> {
  const metrics = createOwnMetrics({
    clock: { monotonicMs: () => 0, wallMs: () => 0 },
    version: '',
    revision: '',
    nodejsVersion: '',
    nodes: () => 0,
    heartbeatMs: () => 0,
    storage: () => ({ lastWriteSuccessful: true, lastWriteAtMs: 1, sizeBytes: 1, droppedRecords: 0 }),
    maintenance: () => [['a', true]],
  });
  metrics.observeRequest('/', 200, 1);
  metrics.setDiscoveryRefreshed('file_sd/0', true);
  const lines = (await metrics.render()).split('\n');
  const types = lines.flatMap((line) => /^# TYPE (genesis_\w+) (\w+)$/.exec(line)?.slice(1) ?? []);
  const heads = types.flatMap((name, index) => (index % 2 === 0 ? [[name, types[index + 1]]] : []));
  return heads.map(([name, type]) => {
    const series = lines.find((line) => line.startsWith(`${name}{`) || line.startsWith(`${name}_bucket{`)) ?? '';
    const labels = [...series.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
    return `${name} ${type} ${labels.join(' ')}`;
  });
}

it('docs/metrics.md has exactly the metrics that there are, with their types and labels', async () => {
  const perNode = FAMILIES.map(({ name, type, scope, labels }) => {
    const shared = scope === 'process' ? ['genesis_node', 'process'] : ['genesis_node'];
    return `${name} ${type} ${[...shared, ...labels].join(' ')}`;
  });
  const all = [...perNode, ...(await ownFamilies())];
  expect(documented().toSorted()).toEqual(all.toSorted());
  expect(all.length).toBeGreaterThan(30);
});
