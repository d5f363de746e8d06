import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { runTool, type ToolRun } from '../helpers/promtool.ts';
import { ROOT } from './manifests.ts';

/** The folder of the chart, with a slash at its end. */
export const CHART = `${ROOT}deploy/helm/genesis-exporter/`;

interface Schema {
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The schema of the chart's values. */
export const SCHEMA: Schema = JSON.parse(readFileSync(`${CHART}values.schema.json`, 'utf8'));

/** Values by names of alerts, or the times of a probe: the schema knows each name, and values.yaml has not all of them. */
const WHOLE = new Set(['prometheusRule.thresholds', 'prometheusRule.for', 'livenessProbe', 'readinessProbe']);

/** The paths of all values, down to where the schema lets anything be. */
export function pathsOf(schema: Schema, path = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) =>
    value.properties === undefined || WHOLE.has(path + key) ? [path + key] : pathsOf(value, `${path}${key}.`),
  );
}

/** Each schema within a schema that names properties, by its path. */
export function mappingsOf(schema: Schema, path = ''): readonly (readonly [string, Schema])[] {
  const within = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => mappingsOf(value, `${path}/${key}`));
  const items = schema.items === undefined ? [] : mappingsOf(schema.items, `${path}/items`);
  return [...(schema.properties === undefined ? [] : [[path, schema] as const]), ...within, ...items];
}

/** What `helm template` makes of the chart with these values, in the namespace `observed`. */
export function runHelm(values: object, ...args: readonly string[]): ToolRun {
  const file = temporaryFile('values.yaml', stringify(values, { version: '1.1' }));
  const release = ['template', 'x', CHART, '--namespace=observed', '--kube-version=1.31.0'];
  return runTool('helm', [...release, `--values=${file}`, ...args]);
}
