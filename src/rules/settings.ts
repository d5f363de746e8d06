import { PROJECT_RUNBOOKS } from '../domain/runbook.ts';
import type { Alert } from './rule.ts';

/** Labels that Kubernetes set-ups attach to scraped series. They distinguish nodes of the same name. */
export const IDENTITY_LABELS = ['cluster', 'namespace'] as const;

/** What the operator can change in the rules. */
export interface Settings {
  /** Names of alerts to leave out. */
  readonly disabled: readonly string[];
  /** By alert and severity, as in `GenesisLmdbAlmostFull.warning`. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** How long alerts must hold, by name of the alert. */
  readonly for: Readonly<Record<string, string>>;
  /** Additional labels and annotations for each alert. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Start of the runbooks' URLs; the file name of the runbook follows. */
  readonly runbookUrl: string;
  /** Labels that distinguish nodes of the same name, besides `cluster` and `namespace`. */
  readonly identityLabels: readonly string[];
  /** Labels of the nodes that an exporter must show; each has `genesis_node`. */
  readonly expectedNodes: readonly Readonly<Record<string, string>>[];
}

/** The settings of the shipped rules. */
export const SHIPPED: Settings = {
  disabled: [],
  thresholds: {},
  for: {},
  labels: {},
  annotations: {},
  runbookUrl: PROJECT_RUNBOOKS,
  identityLabels: [],
  expectedNodes: [],
};

/** The words that replace the tokens in the text of a rule, and the additional labels, annotations and URLs. */
export interface Words {
  /** As in `cluster, namespace`. */
  readonly id: string;
  readonly idMatchers: string;
  readonly idValues: string;
  /** The same labels as parameters of a dashboard's URL. */
  readonly idLink: string;
  /** A query with a series for each expected node that no exporter shows. */
  readonly expected: string;
  readonly runbookUrl: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  limitOf(alert: Alert): string;
  holdOf(alert: Alert): string;
}

/** Recording rule with the nodes that exporters show, or that an exporter showed before it went down. */
export const SHOWN_NODES = 'genesis_node_instance:genesis_node_info:last';

/** A query without a result, because a constant is never absent. */
export const NOTHING = 'absent(vector(1))';

/** The parameter of a dashboard's URL for one label of an alert; empty if the alert does not have the label. */
export function linkParameter(label: string): string {
  return `{{ with $labels.${label} }}&var-${label}={{ . | urlquery }}{{ end }}`;
}

/** Builds the words from the settings. */
export function wordsOf(settings: Settings): Words {
  const labels = [...IDENTITY_LABELS, ...settings.identityLabels];
  return {
    id: labels.join(', '),
    idMatchers: labels.map((label) => `${label}=%q`).join(','),
    idValues: labels.map((label) => `$labels.${label}`).join(' '),
    idLink: labels.map(linkParameter).join(''),
    expected: settings.expectedNodes.map(absentNode).join(' or ') || NOTHING,
    runbookUrl: settings.runbookUrl,
    labels: settings.labels,
    annotations: settings.annotations,
    limitOf: ({ alert, severity, limit }) => String(settings.thresholds[`${alert}.${severity}`] ?? limit?.value ?? ''),
    holdOf: (rule) => settings.for[rule.alert] ?? rule.for,
  };
}

function absentNode(labels: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `absent(${SHOWN_NODES}{${matchers.join(',')}})`;
}
