import { expect, it } from 'vitest';
import { hasPromtool } from '../helpers/promtool.ts';
import { runChanged } from './changed-tests.ts';
import { ALERTS, type UnitTest } from './rule-files.ts';

/** What the series of a namesake say while all is well there; series without values are left out. */
const WELL: readonly (readonly [RegExp, string])[] = [
  [/^genesis_process_status\{/, '0x3000'],
  [/^genesis_process_lmdb_used_ratio\{/, '0.01x3000'],
  [/^genesis_process_tls_cert_not_after_timestamp_seconds\{/, '9999999999x3000'],
  [/^genesis_(?:probes_total|probe_last_run_timestamp_seconds)\{/, '0+60x3000'],
  [/^genesis_exporter_loop_heartbeat_timestamp_seconds\{/, '0+60x3000'],
  [/^genesis_probe_interval_seconds\{/, '20x3000'],
  [/^genesis_(?:probe_failures|node_rejected_rows|process_status_changes)_total\{/, '0x3000'],
  [/^genesis_(?:process|node)_unhealthy_reason\{/, ''],
  [/^genesis_node_local\{/, '0x3000'],
  [/^(?:genesis_|up\{)/, '1x3000'],
];

/** The alert that asks whether there is any exporter at all, wherever it is. */
const OVER_EVERYTHING = new Set(['GenesisExporterAbsent']);

/** Needs other rules than those that are shipped; test/rules/ tries it among namesakes. */
const WITH_SETTINGS = new Set(['GenesisExpectedNodeMissing']);

const ASKED = new Set(
  ALERTS.map(({ alert }) => alert).filter((alert) => !OVER_EVERYTHING.has(alert) && !WITH_SETTINGS.has(alert)),
);

/** Whether a series says that a process is UP, and is about the first node with such a series: a primary is UP on one node. */
function isUpOnFirst(series: string, all: readonly { readonly series: string }[]): boolean {
  const [, process] = /^genesis_process_status\{.*process="([^"]+)".*status="UP"/.exec(series) ?? [];
  if (process === undefined) return false;
  const first = all.find((one) => one.series.includes(`process="${process}",status="UP"`))?.series ?? '';
  return nodeIn(series) === nodeIn(first);
}

function nodeIn(series: string): string | undefined {
  return /genesis_node="([^"]+)"/.exec(series)?.[1];
}

/** A unit test with everything in one place, and a namesake of each series, all well, in another. */
function besideNamesakes(label: string): (test: UnitTest) => UnitTest {
  const put = (series: string, value: string) => series.replace(/\}$/, `,${label}="${value}"}`);
  return (test) => ({
    ...test,
    input_series: test.input_series.flatMap(({ series, values }, _, all) => {
      const [, said = ''] = WELL.find(([pattern]) => pattern.test(series)) ?? [];
      const well = isUpOnFirst(series, all) ? '1x3000' : said;
      const namesake = well === '' ? [] : [{ series: put(series, 'uat'), values: well }];
      return [{ series: put(series, 'prod'), values }, ...namesake];
    }),
    alert_rule_test: test.alert_rule_test.map((check) => ({
      ...check,
      exp_alerts: check.exp_alerts.map(({ exp_labels, exp_annotations }) => ({
        exp_labels: { ...exp_labels, [label]: 'prod' },
        exp_annotations: {
          ...exp_annotations,
          dashboard_url: `${exp_annotations['dashboard_url']}&var-${label}=prod`,
        },
      })),
    })),
  });
}

it.skipIf(!hasPromtool()).each(['namespace', 'team'])(
  'each alert fires, and links its place, though a namesake in another %s is well',
  { timeout: 300_000 },
  (label) => {
    const { failures, alerts } = runChanged(ASKED, besideNamesakes(label), { identityLabels: ['team'] });
    expect(failures).toEqual([]);
    expect([...alerts].toSorted()).toEqual([...ASKED].toSorted());
  },
);
