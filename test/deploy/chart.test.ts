import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartReadme } from '../../deploy/helm/src/chart-readme.ts';
import { DASHBOARDS } from '../../grafana/src/dashboards.ts';
import { CHART, mappingsOf, pathsOf, SCHEMA } from './chart.ts';
import { ROOT } from './manifests.ts';

const TEXT = readFileSync(`${CHART}values.yaml`, 'utf8');
const VALUES = parse(TEXT);

function pathsIn(values: Readonly<Record<string, unknown>>, known: ReadonlySet<string>, path = ''): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = path + key;
    if (known.has(here) || typeof value !== 'object' || value === null) return [here];
    return pathsIn(Object.fromEntries(Object.entries(value)), known, `${here}.`);
  });
}

describe('the chart', () => {
  it('has a default for each value of its schema, and a schema for each default', () => {
    const paths = pathsOf(SCHEMA).filter((path) => path !== 'global');
    expect(paths.length).toBeGreaterThan(60);
    expect(pathsIn(VALUES, new Set(paths)).toSorted()).toEqual(paths.toSorted());
  });

  it('lets no key through that its schema does not name, but labels of expected nodes and what Kubernetes itself defines', () => {
    const open = mappingsOf(SCHEMA).filter(([, { additionalProperties }]) => additionalProperties !== false);
    expect(open.map(([path]) => path)).toEqual(['/prometheusRule/expectedNodes/items']);
    expect(mappingsOf(SCHEMA).length).toBeGreaterThan(20);
  });

  it('has a README that says what each value is', async () => {
    const readme = chartReadme(TEXT, new Set(pathsOf(SCHEMA)));
    await expect(readme).toMatchFileSnapshot(`${CHART}README.md`);
    expect(() => chartReadme('a: 1\n', new Set(['a']))).toThrow('values.yaml does not say what a is');
  });

  it.each(Object.keys(DASHBOARDS))('brings the dashboard %s as it is in grafana/dashboards', async (name) => {
    const dashboard = readFileSync(`${ROOT}grafana/dashboards/${name}.json`, 'utf8');
    await expect(dashboard).toMatchFileSnapshot(`${CHART}dashboards/${name}.json`);
  });

  it('brings no other dashboard', () => {
    const files = Object.keys(DASHBOARDS).map((name) => `${name}.json`);
    expect(readdirSync(`${CHART}dashboards`).toSorted()).toEqual(files.toSorted());
  });

  it('has the values that users of the prometheus-community charts look for', () => {
    for (const path of [
      ...['image.repository', 'image.tag', 'image.digest', 'imagePullSecrets', 'nameOverride', 'fullnameOverride'],
      ...['serviceAccount.create', 'podAnnotations', 'podLabels', 'podSecurityContext', 'securityContext', 'resources'],
      ...['nodeSelector', 'tolerations', 'affinity', 'service.type', 'service.port', 'networkPolicy.enabled', 'config'],
      ...[
        'serviceMonitor.enabled',
        'prometheusRule.enabled',
        'prometheusRule.disabled',
        'podDisruptionBudget.enabled',
        'extraArgs',
        'extraEnv',
        'extraContainers',
        'extraObjects',
        'ingress.className',
        'persistence.existingClaim',
        'httpRoute.parentRefs',
        'dashboards.enabled',
      ],
    ]) {
      expect(pathsOf(SCHEMA)).toContain(path);
    }
  });
});
