import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { RULE_FILE, RULES_PATH, readText } from './rule-files.ts';

const HEAD = `# Made from ${RULES_PATH} by \`npx vitest run test/prometheus -u\`: change that file.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: genesis-exporter
  labels:
    app.kubernetes.io/name: genesis-exporter
spec:
`;

it('the PrometheusRule resource is the rules file, within a head', async () => {
  const resource = `${HEAD}${readText(RULES_PATH).replaceAll(/^(?=.)/gm, '  ')}`;
  expect(parse(resource)).toMatchObject({ kind: 'PrometheusRule', spec: RULE_FILE });
  await expect(resource).toMatchFileSnapshot('../../deploy/kubernetes/base/prometheus-rule.yaml');
});
