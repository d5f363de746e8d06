import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './manifests.ts';

const CHART = `${ROOT}deploy/helm/genesis-exporter/`;
const VALUES = parse(readFileSync(`${CHART}values.yaml`, 'utf8'));
const SCHEMA: Schema = JSON.parse(readFileSync(`${CHART}values.schema.json`, 'utf8'));

interface Schema {
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Values by names of alerts: the schema knows each name, and none has a default. */
const BY_ALERT = new Set(['prometheusRule.thresholds', 'prometheusRule.for']);

/** The paths of all values, down to where the schema lets anything be. */
function pathsOf(schema: Schema, path = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    value.properties === undefined || BY_ALERT.has(path + key) ? [path + key] : pathsOf(value, `${path}${key}.`),
  );
}

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
    expect(SCHEMA.additionalProperties).toBe(false);
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
      ],
    ]) {
      expect(pathsOf(SCHEMA)).toContain(path);
    }
  });
});
