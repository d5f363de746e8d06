import { describe, expect, it } from 'vitest';
import { ALERTS } from '../../src/rules/groups.ts';
import { hasPromtool } from '../helpers/promtool.ts';
import { runChanged } from './changed-tests.ts';
import type { UnitTest } from './rule-files.ts';

const SILENCED = new Set(ALERTS.filter(({ maintenance }) => maintenance !== undefined).map(({ alert }) => alert));
const SPEAKING = new Set(ALERTS.map(({ alert }) => alert).filter((alert) => !SILENCED.has(alert)));

/** A unit test in which each node says whether it is in maintenance. */
function withMaintenance(value: 0 | 1): (test: UnitTest) => UnitTest {
  return (test) => {
    const nodes = new Set(
      test.input_series.flatMap(({ series }) => /genesis_node="((?:[^"\\]|\\.)+)"/.exec(series)?.[1] ?? []),
    );
    const added = [...nodes].map((node) => ({
      series: `genesis_node_maintenance{genesis_node="${node}"}`,
      values: `${value}x3000`,
    }));
    const silent = test.alert_rule_test.map((check) => ({ ...check, exp_alerts: [] }));
    return {
      ...test,
      input_series: [...test.input_series, ...added],
      alert_rule_test: value === 1 ? silent : test.alert_rule_test,
    };
  };
}

describe.skipIf(!hasPromtool())('alerts about nodes and processes', () => {
  it('are silent in maintenance', () => {
    const { failures, alerts } = runChanged(SILENCED, withMaintenance(1));
    expect(failures).toEqual([]);
    expect(alerts).toEqual(SILENCED);
  });

  it('speak outside of it', () => {
    const { failures } = runChanged(SILENCED, withMaintenance(0));
    expect(failures).toEqual([]);
  });
});

it('of which maintenance explains nothing speak in it', () => {
  expect([...SPEAKING].toSorted()).toEqual(
    [
      ...['GenesisCertificateExpiring', 'GenesisLmdbAlmostFull', 'GenesisLmdbFillingUp', 'GenesisNodeAvailabilityLow'],
      ...['GenesisNodeUnmonitored', 'GenesisNodesLost', 'GenesisExpectedNodeMissing', 'GenesisNodeNameTaken'],
      ...['GenesisPrimaryProcessDuplicated', 'GenesisProbesStale', 'GenesisExporterLoopStuck', 'GenesisExporterDown'],
      ...['GenesisExporterAbsent', 'GenesisExporterReloadFailed', 'GenesisExporterDiscoveryFailing'],
      'GenesisExporterStorageFailing',
    ].toSorted(),
  );
});
