import { describe, expect, it } from 'vitest';
import { syntaxErrors } from '../grafana/promql.ts';
import { hasPromtool, runTool } from '../helpers/promtool.ts';
import {
  ALERTS,
  KNOWN_SERIES,
  RECORDS,
  ROOT,
  RULES_PATH,
  seriesIn,
  UNIT_TEST_CASES,
  UNIT_TEST_PATHS,
} from './rule-files.ts';

const RUNBOOKS = 'https://github.com/genesis-exporter/genesis-exporter/blob/main/docs/runbooks';

describe.skipIf(!hasPromtool())('promtool', () => {
  it('finds no fault with the rules', () => {
    expect(runTool('promtool', ['check', 'rules', `${ROOT}${RULES_PATH}`])).toMatchObject({ status: 0 });
  });

  it.each(UNIT_TEST_PATHS)('passes %s', { timeout: 60_000 }, (path) => {
    const { status, output } = runTool('promtool', ['test', 'rules', `${ROOT}${path}`]);
    expect(status, output).toBe(0);
    expect(output).toContain('SUCCESS');
  });
});

describe('the rules', () => {
  it('have expressions that a second parser of PromQL takes too', () => {
    const exprs = [...ALERTS, ...RECORDS].map(({ expr }) => expr);
    expect(exprs.flatMap(syntaxErrors)).toEqual([]);
    expect(exprs.length).toBeGreaterThan(40);
    expect(syntaxErrors('sum by (')).not.toEqual([]);
  });

  it('use no series but documented metrics and their own records', () => {
    const texts = [...ALERTS.flatMap(({ expr, annotations }) => [expr, annotations.description])];
    const used = [...texts, ...RECORDS.map(({ expr }) => expr)].flatMap(seriesIn);
    expect(used.filter((name) => !KNOWN_SERIES.has(name))).toEqual([]);
    expect(new Set(used).size).toBeGreaterThan(30);
  });

  it('record under names of the form level:metric:operations, each tested', () => {
    const asked = UNIT_TEST_CASES.flatMap(({ promql_expr_test }) =>
      promql_expr_test.flatMap(({ expr }) => seriesIn(expr)),
    );
    const viaAlerts = ALERTS.flatMap(({ expr }) => seriesIn(expr));
    for (const { record } of RECORDS) {
      expect(record).toMatch(/^genesis_(?:node|process|cluster|cluster_process|node_instance):genesis_\w+:[a-z]\w+$/);
      expect([...asked, ...viaAlerts], record).toContain(record);
    }
    expect(new Set(RECORDS.map(({ record }) => record)).size).toBe(RECORDS.length);
  });
});

describe('each alert', () => {
  it('has a name of the family, at most 40 characters long', () => {
    for (const { alert } of ALERTS) expect(alert).toMatch(/^(?=.{8,40}$)Genesis(?:[A-Z][a-z]+)+$/);
  });

  it('has a static summary, and a description that names what it is about', () => {
    for (const { alert, expr, annotations } of ALERTS) {
      const hasLabels = !expr.startsWith('absent(genesis_exporter');
      expect(annotations.summary, alert).toMatch(/^[A-Z][^{}]{20,}\.$/);
      expect(annotations.description, alert).toMatch(hasLabels ? /\{\{.*\$labels\..*\}\}/s : /^[A-Z][^{}]+\.$/);
    }
  });

  it('links its own runbook, and a dashboard', () => {
    for (const { alert, annotations } of ALERTS) {
      expect(annotations.runbook_url).toBe(`${RUNBOOKS}/${alert}.md`);
      expect(annotations.dashboard_url, alert).toMatch(/^\/d\/genesis-(?:fleet|node|exporter)(?:\?|$)/);
    }
  });

  it('asks for a state or a reason of a process only over a window, beside a verdict that is held', () => {
    const asking = ALERTS.filter(({ expr }) => /genesis_process_(?:status|unhealthy_reason)\{/.test(expr));
    for (const { alert, expr } of asking) {
      const [held, ...windows] = expr.split('max_over_time(');
      expect(held, alert).toMatch(
        /^max by \(cluster, namespace, genesis_node, process\) \(genesis_process_healthy\) == 0\nand /,
      );
      expect(held, alert).not.toMatch(/status=|reason=/);
      expect(windows.join(''), alert).toMatch(/\[2m/);
    }
    expect(asking.map(({ alert }) => alert)).toEqual(['GenesisProcessDown', 'GenesisProcessNotListening']);
  });

  it('gives Genesis three minutes to start', () => {
    const ofGenesis = ALERTS.filter(({ expr }) => /_(?:healthy|reported|health_endpoint_up|status:sum)\b/.test(expr));
    for (const rule of ofGenesis) {
      const [, count, unit] = /^(\d+)([mh])$/.exec(rule.for ?? '') ?? [];
      expect(Number(count) * (unit === 'h' ? 60 : 1), rule.alert).toBeGreaterThanOrEqual(3);
    }
    expect(ofGenesis.length).toBeGreaterThan(8);
  });

  it('has unit tests in which it fires and in which it does not', () => {
    const checks = UNIT_TEST_CASES.flatMap(({ alert_rule_test }) => alert_rule_test);
    // Silent as it is shipped: test/rules/ tries it with nodes that are expected.
    const shipped = ALERTS.filter(({ alert }) => alert !== 'GenesisExpectedNodeMissing');
    for (const { alert, labels } of shipped) {
      const firing = checks
        .filter(({ alertname }) => alertname === alert)
        .map(({ exp_alerts }) => exp_alerts.some(({ exp_labels }) => exp_labels['severity'] === labels.severity));
      expect(new Set(firing), `${alert} (${labels.severity})`).toEqual(new Set([true, false]));
    }
  });
});
