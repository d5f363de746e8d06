import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** The root of the project, ended by a slash. */
export const ROOT = new URL('../../', import.meta.url).pathname;

/** Where the rules are, from the root. */
export const RULES_PATH = 'prometheus/rules/genesis-exporter.rules.yml';

const RULES = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      interval: z.string().optional(),
      rules: z.array(
        z.union([
          z.strictObject({ record: z.string(), expr: z.string() }),
          z.strictObject({
            alert: z.string(),
            expr: z.string(),
            for: z.string().optional(),
            keep_firing_for: z.string().optional(),
            labels: z.strictObject({ severity: z.enum(['critical', 'warning', 'info']) }),
            annotations: z.strictObject({
              summary: z.string(),
              description: z.string(),
              runbook_url: z.string(),
              dashboard_url: z.string(),
            }),
          }),
        ]),
      ),
    }),
  ),
});

const UNIT_TESTS = z.looseObject({
  tests: z.array(
    z.looseObject({
      input_series: z.array(z.strictObject({ series: z.string(), values: z.string() })).default([]),
      alert_rule_test: z
        .array(
          z.strictObject({
            eval_time: z.string(),
            alertname: z.string(),
            exp_alerts: z.array(
              z.strictObject({
                exp_labels: z.record(z.string(), z.string()),
                exp_annotations: z.record(z.string(), z.string()),
              }),
            ),
          }),
        )
        .default([]),
      promql_expr_test: z.array(z.looseObject({ expr: z.string() })).default([]),
    }),
  ),
});

/** The text of a file of the project. */
export function readText(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The rules file as it is parsed; throws where it has a key that no rule should have. */
export const RULE_FILE = RULES.parse(parse(readText(RULES_PATH)));

const ALL = RULE_FILE.groups.flatMap(({ rules }) => rules);

/** All alerting rules, in order. */
export const ALERTS = ALL.flatMap((rule) => ('alert' in rule ? [rule] : []));

/** All recording rules, in order. */
export const RECORDS = ALL.flatMap((rule) => ('record' in rule ? [rule] : []));

/** The files of unit tests, from the root. */
export const UNIT_TEST_PATHS = readdirSync(`${ROOT}prometheus/tests`).map((name) => `prometheus/tests/${name}`);

/** The files of unit tests as they are parsed. */
export const UNIT_TEST_FILES = UNIT_TEST_PATHS.map((path) => UNIT_TESTS.parse(parse(readText(path))));

/** The unit tests of all files. */
export const UNIT_TEST_CASES = UNIT_TEST_FILES.flatMap(({ tests }) => tests);

/** One unit test of the rules. */
export type UnitTest = (typeof UNIT_TEST_CASES)[number];

const DOCUMENTED = [...readText('docs/metrics.md').matchAll(/^\| `(genesis_\w+)` \|/gm)].map(([, name = '']) => name);

/** The names of all series that there are: documented metrics and recorded ones. */
export const KNOWN_SERIES: ReadonlySet<string> = new Set([...DOCUMENTED, ...RECORDS.map(({ record }) => record)]);

const OTHER_NAMES = new Set(['genesis_node', 'genesis_cluster', 'genesis_home']);

/** The names of series in PromQL, or in a text with PromQL in it: what begins with `genesis_` and is no label and no key of the configuration. */
export function seriesIn(text: string): readonly string[] {
  return (text.match(/\bgenesis_[a-z][\w:]*/g) ?? []).filter((name) => !OTHER_NAMES.has(name));
}
