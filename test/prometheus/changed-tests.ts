import { stringify } from 'yaml';
import { rulesFile } from '../../src/rules/rules-file.ts';
import { type Settings, SHIPPED } from '../../src/rules/settings.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { runTool } from '../helpers/promtool.ts';
import { UNIT_TEST_FILES, type UnitTest } from './rule-files.ts';

/** How the unit tests ended after a change: what promtool wrote about failures, and which alerts were asked for. */
export interface ChangedRun {
  readonly failures: readonly string[];
  readonly alerts: ReadonlySet<string>;
}

/** Runs the unit tests in which one of `alerts` fires, each of them as `change` makes it, on the rules of these settings. */
export function runChanged(
  alerts: ReadonlySet<string>,
  change: (test: UnitTest) => UnitTest,
  settings: Partial<Settings> = {},
): ChangedRun {
  const rules = temporaryFile('genesis.rules.yml', rulesFile({ ...SHIPPED, ...settings }));
  const asked = new Set<string>();
  const failures = UNIT_TEST_FILES.flatMap((file) => {
    const tests = file.tests.flatMap((test) => {
      const firing = test.alert_rule_test.filter(
        ({ alertname, exp_alerts }) => exp_alerts.length > 0 && alerts.has(alertname),
      );
      for (const { alertname } of firing) asked.add(alertname);
      return firing.length === 0 ? [] : [change({ ...test, alert_rule_test: firing, promql_expr_test: [] })];
    });
    if (tests.length === 0) return [];
    const text = stringify({ ...file, rule_files: [rules], tests }, { aliasDuplicateObjects: false });
    const { status, output } = runTool('promtool', ['test', 'rules', temporaryFile('changed.test.yml', text)]);
    return status === 0 ? [] : [output];
  });
  return { failures, alerts: asked };
}
