import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { rulesFile } from '../../src/rules/rules-file.ts';
import { SHIPPED } from '../../src/rules/settings.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { hasPromtool, runTool } from '../helpers/promtool.ts';

const EXPECTED = [
  { genesis_node: 'a' },
  { genesis_node: 'gone "x" \\ é' },
  { genesis_node: 'namesake', namespace: 'prod' },
  { genesis_node: 'unmonitored' },
];

function shown(node: string, labels: string, values: string) {
  return { series: `genesis_node_info{genesis_node="${node}",job="genesis-exporter",${labels}}`, values };
}

function missing(labels: Readonly<Record<string, string>>, link: string) {
  return {
    exp_labels: { severity: 'critical', ...labels },
    exp_annotations: {
      summary: 'An expected Genesis node is shown by no exporter.',
      description: `Node ${labels['genesis_node']} is expected, and no exporter shows it. Nothing is known of its processes.`,
      runbook_url: `${SHIPPED.runbookUrl}GenesisExpectedNodeMissing.md`,
      dashboard_url: `/d/genesis-fleet?var-genesis_node=${link}`,
    },
  };
}

it.skipIf(!hasPromtool())(
  'an expected node that nobody shows is an alert for as long as it is gone; a namesake elsewhere is somebody else',
  () => {
    const rules = temporaryFile('expected.rules.yml', rulesFile({ ...SHIPPED, expectedNodes: EXPECTED }));
    const gone = missing({ genesis_node: 'gone "x" \\ é' }, 'gone+%22x%22+%5C+%C3%A9');
    const namesake = missing({ genesis_node: 'namesake', namespace: 'prod' }, 'namesake&var-namespace=prod');
    const test = {
      interval: '1m',
      input_series: [
        shown('a', 'namespace="any",instance="e:1"', '1x1000'),
        shown('namesake', 'namespace="uat",instance="e:1"', '1x1000'),
        shown('unmonitored', 'instance="e:2"', '1x10 stale'),
        { series: 'up{job="genesis-exporter",instance="e:2"}', values: '1x10 0x1000' },
      ],
      alert_rule_test: [
        { eval_time: '14m', alertname: 'GenesisExpectedNodeMissing', exp_alerts: [] },
        { eval_time: '15m', alertname: 'GenesisExpectedNodeMissing', exp_alerts: [gone, namesake] },
        { eval_time: '900m', alertname: 'GenesisExpectedNodeMissing', exp_alerts: [gone, namesake] },
      ],
    };
    const file = stringify(
      { rule_files: [rules], evaluation_interval: '1m', tests: [test] },
      { aliasDuplicateObjects: false },
    );
    const { status, output } = runTool('promtool', ['test', 'rules', temporaryFile('expected.test.yml', file)]);
    expect(status, output).toBe(0);
  },
);
