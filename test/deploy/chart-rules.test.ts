import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheusRuleTemplate } from '../../deploy/helm/src/prometheus-rule.ts';
import { ruleValueSchemas } from '../../deploy/helm/src/rule-values.ts';
import { ALERTS } from '../../src/rules/groups.ts';
import { rulesFile } from '../../src/rules/rules-file.ts';
import { type Settings, SHIPPED } from '../../src/rules/settings.ts';
import { runTool } from '../helpers/promtool.ts';
import { CHART, runHelm } from './chart.ts';
import { hasRenderer } from './manifests.ts';

it("the chart's template of the rules is what deploy/helm/src makes", async () => {
  await expect(prometheusRuleTemplate()).toMatchFileSnapshot(`${CHART}templates/prometheus-rule.yaml`);
});

it("the schema of the chart's values has each alert and threshold with its bounds", async () => {
  const schema = JSON.parse(readFileSync(`${CHART}values.schema.json`, 'utf8'));
  Object.assign(schema.properties.prometheusRule.properties, ruleValueSchemas());
  const { output } = runTool('npx', ['biome', 'format', '--stdin-file-path=x.json'], JSON.stringify(schema, null, 2));
  await expect(output).toMatchFileSnapshot(`${CHART}values.schema.json`);
});

/** What helm makes of the rules with these values below `prometheusRule`. */
function rendered(values: object): unknown {
  const rules = { prometheusRule: { enabled: true, ...values } };
  const { status, output } = runHelm(rules, '--show-only=templates/prometheus-rule.yaml');
  if (status !== 0) throw new Error(output);
  return parse(output).spec;
}

/** The settings of the command, and the same as values of the chart. */
const ALIKE: readonly (readonly [string, Partial<Settings>, object])[] = [
  ['nothing', {}, {}],
  [
    'thresholds',
    { thresholds: { 'GenesisLmdbAlmostFull.warning': 0.8, 'GenesisCertificateExpiring.critical': 7 } },
    { thresholds: { GenesisLmdbAlmostFull: { warning: 0.8 }, GenesisCertificateExpiring: { critical: 7 } } },
  ],
  [
    'a threshold of 0, and holds',
    {
      thresholds: { 'GenesisProbesFailing.warning': 0 },
      for: { GenesisProcessDown: '1h30m', GenesisLmdbAlmostFull: '0s' },
    },
    {
      thresholds: { GenesisProbesFailing: { warning: 0 } },
      for: { GenesisProcessDown: '1h30m', GenesisLmdbAlmostFull: '0s' },
    },
  ],
  [
    'alerts left out, among them all of a group',
    { disabled: ['GenesisPrimaryProcessMissing', 'GenesisPrimaryProcessDuplicated', 'GenesisLmdbAlmostFull'] },
    { disabled: ['GenesisPrimaryProcessMissing', 'GenesisPrimaryProcessDuplicated', 'GenesisLmdbAlmostFull'] },
  ],
  [
    'every alert left out',
    { disabled: ALERTS.map(({ alert }) => alert) },
    { disabled: ALERTS.map(({ alert }) => alert) },
  ],
  [
    'labels and annotations with odd values',
    {
      labels: { team: 'a: "b" #c', size: '1', oncall: 'yes' },
      annotations: { contact: "it's {{ $labels.process }}", url: 'https://x/?a=1&b' },
    },
    {
      additionalRuleLabels: { team: 'a: "b" #c', size: '1', oncall: 'yes' },
      additionalRuleAnnotations: { contact: "it's {{ $labels.process }}", url: 'https://x/?a=1&b' },
    },
  ],
  ['runbooks elsewhere', { runbookUrl: 'https://wiki.example/r/' }, { runbookUrl: 'https://wiki.example/r' }],
  [
    'runbooks behind a query',
    { runbookUrl: 'https://wiki.example/?page=' },
    { runbookUrl: 'https://wiki.example/?page=' },
  ],
  [
    'further identity labels, and expected nodes',
    {
      identityLabels: ['team', 'env'],
      expectedNodes: [{ genesis_node: 'a' }, { genesis_node: 'LIMIT "x" \\ $1 é', namespace: 'prod', team: 't' }],
    },
    {
      aggregationLabels: ['team', 'cluster', 'env'],
      expectedNodes: [{ genesis_node: 'a' }, { genesis_node: 'LIMIT "x" \\ $1 é', namespace: 'prod', team: 't' }],
    },
  ],
];

describe.skipIf(!hasRenderer('helm'))('the chart makes the same rules as the command', () => {
  it.each(ALIKE)('with %s', (_, settings, values) => {
    expect(rendered(values)).toEqual(parse(rulesFile({ ...SHIPPED, ...settings })));
  });

  it.each([
    ['an unknown alert', { disabled: ['GenesisProcesDown'] }, '/prometheusRule/disabled/0'],
    [
      'a threshold out of bounds',
      { thresholds: { GenesisLmdbAlmostFull: { warning: 80 } } },
      'maximum: got 80, want 1',
    ],
    [
      'a threshold of an alert without one',
      { thresholds: { GenesisProcessDown: { critical: 1 } } },
      'GenesisProcessDown',
    ],
    ['a hold that is no duration', { for: { GenesisProcessDown: '5min' } }, '/prometheusRule/for/GenesisProcessDown'],
    ['a label that the alerts have', { additionalRuleLabels: { severity: 'page' } }, 'severity'],
    ['an identity label that is none', { aggregationLabels: ['a-b'] }, '/prometheusRule/aggregationLabels/0'],
    ['an expected node without a name', { expectedNodes: [{ namespace: 'prod' }] }, 'genesis_node'],
  ])('and refuses %s', (_, values, problem) => {
    expect(() => rendered(values)).toThrow(problem);
  });
});
