/*
 * The rules as data. Their texts have tokens, which `resolve.ts` fills in:
 *   ID           the labels that distinguish nodes of the same name: `cluster, namespace` and the identity labels of the settings
 *   ID_MATCHERS  the same in a query of an annotation, `cluster=%q,namespace=%q`, and
 *   ID_VALUES    the values for it, `$labels.cluster $labels.namespace`
 *   LIMIT        the threshold of the alert
 *   HELD         how long the alert must hold
 *   EXPECTED     a query with a series for each expected node that no exporter shows
 */

/** A recording rule. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  /** The reason for the rule or its form; printed as a comment above the rule. */
  readonly note?: string;
}

/** The threshold of an alert. A setting may change it within the bounds. */
export interface Limit {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** What the number counts or measures. */
  readonly unit: string;
}

/** What an alert is about. It selects the dashboard of `dashboard_url`. */
export type Subject = 'process' | 'node' | 'fleet node' | 'fleet' | 'exporter' | 'exporters';

/** An alerting rule. */
export interface Alert {
  readonly alert: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly for: string;
  readonly keepFiringFor?: string;
  readonly about: Subject;
  /** Silences the alert while the node, or a node of the cluster, is in maintenance, and for `window` after it. */
  readonly maintenance?: { readonly of: 'genesis_node' | 'genesis_cluster'; readonly window?: string };
  readonly limit?: Limit;
  readonly expr: string;
  readonly summary: string;
  readonly description: string;
  readonly note?: string;
}

/** A rule of either kind. */
export type Rule = RecordingRule | Alert;

/** A group of rules, which Prometheus evaluates one after the other. */
export interface Group {
  readonly name: string;
  readonly interval?: string;
  readonly note?: string;
  readonly rules: readonly Rule[];
}

/** A template for descriptions: it queries the current values of a label and prints them, such as `stale, reported`. */
export function presentValues(label: string, metric: string, level: 'node' | 'process', condition = ''): string {
  const [matchers, values] =
    level === 'node'
      ? ['genesis_node=%q', '$labels.genesis_node']
      : ['genesis_node=%q,process=%q', '$labels.genesis_node $labels.process'];
  const query = `printf "max by (${label}) (${metric}{ID_MATCHERS,${matchers}}${condition})" ID_VALUES ${values} | query | sortByLabel "${label}"`;
  return `{{ range $i, $sample := ${query} }}{{ if $i }}, {{ end }}{{ $sample.Labels.${label} }}{{ else }}not known{{ end }}`;
}
