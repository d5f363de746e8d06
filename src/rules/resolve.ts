import type { Alert, Rule, Subject } from './rule.ts';
import type { Words } from './settings.ts';

/** A rule in the format of Prometheus' rules files. */
export type PlainRule =
  | { readonly record: string; readonly expr: string }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for: string;
      readonly keep_firing_for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

const NODE = 'var-genesis_node={{ $labels.genesis_node | urlquery }}';

const LINKS: Readonly<Record<Subject, string>> = {
  process: `/d/genesis-node?${NODE}&var-process={{ $labels.process | urlquery }}`,
  node: `/d/genesis-node?${NODE}`,
  'fleet node': `/d/genesis-fleet?${NODE}`,
  fleet: '/d/genesis-fleet?',
  exporter: '/d/genesis-exporter?var-instance={{ $labels.instance | urlquery }}',
  exporters: '/d/genesis-exporter?',
};

/** A rule with its tokens filled in. */
export function resolve(rule: Rule, words: Words): PlainRule {
  const shared = {
    ID: words.id,
    ID_MATCHERS: words.idMatchers,
    ID_VALUES: words.idValues,
    EXPECTED: words.expected,
  };
  if ('record' in rule) return { record: rule.record, expr: fill(dedent(rule.expr), shared) };
  const own = { ...shared, LIMIT: words.limitOf(rule), HELD: words.holdOf(rule) };
  return {
    alert: rule.alert,
    expr: fill(dedent(rule.expr) + silence(rule), own),
    for: words.holdOf(rule),
    ...(rule.keepFiringFor !== undefined && { keep_firing_for: rule.keepFiringFor }),
    labels: { severity: rule.severity, ...words.labels },
    annotations: {
      summary: rule.summary,
      description: fill(rule.description, own),
      runbook_url: `${words.runbookUrl}${rule.alert}.md`,
      dashboard_url: LINKS[rule.about] + words.idLink,
      ...words.annotations,
    },
  };
}

/** The part of the expression that silences an alert in maintenance. A node without the series is not silenced. */
function silence({ maintenance, expr }: Alert): string {
  if (maintenance === undefined) return '';
  const { of: label, window } = maintenance;
  const series = 'genesis_node_maintenance';
  const byNode = `max by (ID, genesis_node) (${window === undefined ? series : `max_over_time(${series}[${window}])`})`;
  const join = '* on (ID, genesis_node) group_left (genesis_cluster) genesis_node:genesis_node_info:topk1';
  const inMaintenance = label === 'genesis_node' ? byNode : `max by (ID, genesis_cluster) (${byNode} ${join})`;
  return `${expr.includes('\n') ? '' : '\n'}unless on (ID, ${label}) ${inMaintenance} == 1\n`;
}

/** Replaces each token by its word. One pass only, because a word may look like a token. */
function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\b[A-Z_]+\b/g, (token) => words[token] ?? token);
}

/** Removes the indentation of the source from a text with several lines, which then ends with a line break. A single line stays as it is. */
function dedent(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n').slice(1, -1);
  const indents = lines.map((line) => line.search(/\S/));
  return `${lines.map((line) => line.slice(Math.min(...indents))).join('\n')}\n`;
}
