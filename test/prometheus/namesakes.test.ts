import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { hasPromtool, runTool } from '../helpers/promtool.ts';
import { ALERTS, ROOT, RULES_PATH, readText, UNIT_TEST_PATHS, unitTestsOf } from './rule-files.ts';

/** What each series of a namesake in another namespace says while all is well there; series that say nothing then are left out. */
const WELL: readonly (readonly [RegExp, string])[] = [
  [/^genesis_process_status\{.*status="UP"/, '1x800'],
  [/^genesis_process_status\{/, '0x800'],
  [/^genesis_process_lmdb_used_ratio\{/, '0.01x800'],
  [/^genesis_process_tls_cert_not_after_timestamp_seconds\{/, '9999999999x800'],
  [/^genesis_(?:probes_total|probe_last_run_timestamp_seconds)\{/, '0+60x800'],
  [/^genesis_exporter_loop_heartbeat_timestamp_seconds\{/, '0+60x800'],
  [/^genesis_probe_interval_seconds\{/, '20x800'],
  [/^genesis_(?:probe_failures|node_rejected_rows|process_status_changes)_total\{/, '0x800'],
  [/^genesis_(?:process|node)_unhealthy_reason\{/, ''],
  [/^genesis_node_local\{/, '0x800'],
  [/^(?:genesis_|up\{)/, '1x800'],
];

/** Alerts that ask whether there is anything at all, wherever it is. */
const OVER_EVERYTHING = new Set(['GenesisExporterAbsent', 'GenesisExpectedNodeMissing']);

type Case = ReturnType<typeof unitTestsOf>[number];
interface Series {
  readonly series: string;
  readonly values: string;
}

function inNamespace(series: string, namespace: string): string {
  return series.replace(/\}$/, `,namespace="${namespace}"}`);
}

function seriesOf(test: Case): readonly Series[] {
  const given = test['input_series'];
  return Array.isArray(given) ? given : [];
}

function wellNamesake({ series }: Series): readonly Series[] {
  const [, values = ''] = WELL.find(([pattern]) => pattern.test(series)) ?? [];
  return values === '' ? [] : [{ series: inNamespace(series, 'uat'), values }];
}

/** The expected alert, of the node in `prod`. */
function inProd({ exp_labels, exp_annotations }: Case['alert_rule_test'][number]['exp_alerts'][number]) {
  const { dashboard_url: link = '' } = exp_annotations;
  const dashboard_url = link.includes('?') ? `${link}&var-namespace=prod` : link;
  return { exp_labels: { ...exp_labels, namespace: 'prod' }, exp_annotations: { ...exp_annotations, dashboard_url } };
}

/** The firing tests of a file, with everything in `prod` and a well namesake of each series in `uat`. */
function namesakeCases(path: string): readonly object[] {
  return unitTestsOf(path).flatMap((test) => {
    const checks = test.alert_rule_test.filter(
      ({ alertname, exp_alerts }) => exp_alerts.length > 0 && !OVER_EVERYTHING.has(alertname),
    );
    if (checks.length === 0) return [];
    // A primary-only process that is UP on both nodes would not be well.
    const isDuplicated = checks.some(({ alertname }) => alertname === 'GenesisPrimaryProcessDuplicated');
    const given = seriesOf(test);
    const input_series = [
      ...given.map(({ series, values }) => ({ series: inNamespace(series, 'prod'), values })),
      ...given.filter((one) => !isDuplicated || !one.series.includes('status="UP"')).flatMap(wellNamesake),
    ];
    const alert_rule_test = checks.map((check) => ({ ...check, exp_alerts: check.exp_alerts.map(inProd) }));
    return [{ ...test, input_series, alert_rule_test, promql_expr_test: [] }];
  });
}

/** The files with such tests; those of the 30 days of availability would take minutes. */
const FILES = UNIT_TEST_PATHS.filter((path) => !path.includes('availability') && namesakeCases(path).length > 0);

describe.skipIf(!hasPromtool())(
  'each alert fires for a node in one namespace though its namesake in another is well',
  () => {
    it.each(FILES)('%s', { timeout: 60_000 }, (path) => {
      const head: object = parse(readText(path));
      const text = stringify(
        { ...head, rule_files: [`${ROOT}${RULES_PATH}`], tests: namesakeCases(path) },
        { aliasDuplicateObjects: false },
      );
      const { output } = runTool('promtool', ['test', 'rules', temporaryFile('namesakes.test.yml', text)]);
      expect(output).toContain('SUCCESS');
    });

    it('leaves no alert out', () => {
      const tried = FILES.flatMap(unitTestsOf).flatMap(({ alert_rule_test }) =>
        alert_rule_test.filter(({ exp_alerts }) => exp_alerts.length > 0).map(({ alertname }) => alertname),
      );
      const all = ALERTS.map(({ alert }) => alert).filter((alert) => !OVER_EVERYTHING.has(alert));
      expect(all.filter((alert) => !tried.includes(alert))).toEqual(['GenesisNodeAvailabilityLow']);
    });
  },
);
