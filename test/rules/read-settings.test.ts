import { describe, expect, it } from 'vitest';
import { readSettings, type SettingTexts } from '../../src/rules/read-settings.ts';
import { SHIPPED } from '../../src/rules/settings.ts';

const NOTHING: SettingTexts = {
  ...{ thresholds: [], holds: [], disabled: [], labels: [], annotations: [], identityLabels: [], expectedNodes: [] },
  runbookUrl: SHIPPED.runbookUrl,
};

function problemsOf(texts: Partial<SettingTexts>): readonly string[] {
  const read = readSettings({ ...NOTHING, ...texts });
  return 'problems' in read ? read.problems : [];
}

describe('settings of the rules', () => {
  it('are those that are shipped when nothing is said', () => {
    expect(readSettings(NOTHING)).toEqual(SHIPPED);
  });

  it('are read from texts', () => {
    expect(
      readSettings({
        thresholds: ['GenesisLmdbAlmostFull.warning=0.8', 'GenesisLmdbAlmostFull.critical=1'],
        holds: ['GenesisProcessDown=1h30m'],
        disabled: ['GenesisProcessFlapping'],
        labels: ['team=a=b', 'empty='],
        annotations: ['contact=x@example.com'],
        identityLabels: ['team', 'team'],
        expectedNodes: ['trading-a', 'genesis-0,namespace=prod,team=x', 'a,b'],
        runbookUrl: 'https://wiki/',
      }),
    ).toEqual({
      thresholds: { 'GenesisLmdbAlmostFull.warning': 0.8, 'GenesisLmdbAlmostFull.critical': 1 },
      for: { GenesisProcessDown: '1h30m' },
      disabled: ['GenesisProcessFlapping'],
      labels: { team: 'a=b', empty: '' },
      annotations: { contact: 'x@example.com' },
      identityLabels: ['team'],
      expectedNodes: [
        { genesis_node: 'trading-a' },
        { genesis_node: 'genesis-0', namespace: 'prod', team: 'x' },
        { genesis_node: 'a,b' },
      ],
      runbookUrl: 'https://wiki/',
    });
  });

  it.each<[Partial<SettingTexts>, string]>([
    [{ thresholds: ['x'] }, '--set x: expected ALERT.SEVERITY=NUMBER, such as GenesisLmdbAlmostFull.warning=0.8'],
    [
      { thresholds: ['GenesisLmdbAlmostFul.warning=0.8'] },
      '--set GenesisLmdbAlmostFul.warning=0.8: there is no threshold GenesisLmdbAlmostFul.warning; did you mean GenesisLmdbAlmostFull.warning?',
    ],
    [{ thresholds: ['Genesis=1'] }, '--set Genesis=1: there is no threshold Genesis'],
    ...['80', '-1', '1e-1', '', 'NaN', '0.8 '].map((number): [Partial<SettingTexts>, string] => [
      { thresholds: [`GenesisLmdbAlmostFull.warning=${number}`] },
      `--set GenesisLmdbAlmostFull.warning=${number}: expected a number from 0 to 1 (ratio of the store), got ${number}`,
    ]),
    ...['5min', '', '1.5h', '0', 'm', '5s1m'].map((duration): [Partial<SettingTexts>, string] => [
      { holds: [`GenesisProcessDown=${duration}`] },
      `--for GenesisProcessDown=${duration}: expected a duration such as 5m or 1h30m, got ${duration}`,
    ]),
    [
      { disabled: ['GenesisProcesDown'] },
      '--disable GenesisProcesDown: there is no alert GenesisProcesDown; did you mean GenesisProcessDown?',
    ],
    [{ labels: ['=x'] }, '--label =x: expected NAME=VALUE, such as team=trading'],
    [{ labels: ['a-b=x'] }, '--label a-b=x: expected a name of letters, digits and underscores'],
    [{ labels: ['__x=x'] }, '--label __x=x: expected a name of letters, digits and underscores'],
    [{ labels: ['severity=page'] }, '--label severity=page: the alerts have severity already'],
    [{ annotations: ['summary=x'] }, '--annotation summary=x: the alerts have summary already'],
    [{ identityLabels: ['instance'] }, '--by instance: the alerts have instance already'],
    [{ expectedNodes: [''] }, '--expect : expected the name of a node'],
    [{ expectedNodes: [',namespace=prod'] }, '--expect ,namespace=prod: expected the name of a node'],
    [
      { expectedNodes: ['a,team=x'] },
      '--expect a,team=x: a node is expected by genesis_cluster, cluster, namespace alone; for team give --by team',
    ],
  ])('refuse %j', (texts, problem) => {
    expect(problemsOf(texts)).toEqual([problem]);
  });

  it('tell all that is wrong at once', () => {
    expect(problemsOf({ disabled: ['X', 'Y'], labels: ['z'] })).toHaveLength(3);
  });
});
