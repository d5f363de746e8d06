import { PROJECT_RUNBOOKS } from '../domain/runbook.ts';
import type { Alert } from './rule.ts';

/** Labels that Kubernetes set-ups attach to what they scrape: by them namesakes are told apart. */
export const IDENTITY_LABELS = ['cluster', 'namespace'] as const;

/** What a site changes about the rules. */
export interface Settings {
  /** Names of alerts to leave out. */
  readonly disabled: readonly string[];
  /** By alert and severity, as in `GenesisLmdbAlmostFull.warning`. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** How long alerts must hold, by name of the alert. */
  readonly for: Readonly<Record<string, string>>;
  /** Labels and annotations that each alert gets besides its own. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where the runbooks are; the name of an alert's page is put behind it. */
  readonly runbookUrl: string;
  /** Labels that tell namesakes apart, besides `cluster` and `namespace`. */
  readonly identityLabels: readonly string[];
  /** The labels of nodes that must be shown by some exporter; each has `genesis_node`. */
  readonly expectedNodes: readonly Readonly<Record<string, string>>[];
}

/** The rules as they are shipped. */
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

/** What stands in the place of the tokens of a rule's text, and around it. */
export interface Words {
  /** As in `cluster, namespace`. */
  readonly id: string;
  readonly idMatchers: string;
  readonly idValues: string;
  /** The same labels of an alert as parameters of a dashboard's address. */
  readonly idLink: string;
  /** A query with a series for each expected node that nobody shows. */
  readonly expected: string;
  readonly runbookUrl: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  limitOf(alert: Alert): string;
  holdOf(alert: Alert): string;
}

/** The name of the record that knows which nodes are shown, or were shown by an exporter that is down. */
export const SHOWN_NODES = 'genesis_node_instance:genesis_node_info:last';

/** A query that never has a series: a constant is never absent. */
export const NOTHING = 'absent(vector(1))';

/** The parameter of a dashboard's address for one label of an alert; nothing where the alert lacks the label. */
export function linkParameter(label: string): string {
  return `{{ with $labels.${label} }}&var-${label}={{ . | urlquery }}{{ end }}`;
}

/** What the settings put into the rules. */
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
