import { suggest } from '../domain/suggest.ts';
import { ALERTS } from './groups.ts';
import { IDENTITY_LABELS, type Settings, SHIPPED } from './settings.ts';

/** Settings as texts from the command line. */
export interface SettingTexts {
  /** As in `GenesisLmdbAlmostFull.warning=0.8`. */
  readonly thresholds: readonly string[];
  /** As in `GenesisProcessDown=5m`. */
  readonly holds: readonly string[];
  readonly disabled: readonly string[];
  /** As in `team=trading`; annotations have the same form. */
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  readonly identityLabels: readonly string[];
  /** As in `trading-a` or `genesis-0,namespace=prod`. */
  readonly expectedNodes: readonly string[];
  readonly runbookUrl: string;
}

/** Labels that the alerts already have. */
export const OWN_LABELS: readonly string[] = [
  ...['alertname', 'severity', 'genesis_node', 'genesis_cluster', 'process', 'store', 'job', 'instance', 'source'],
  ...['status', 'reason', 'machine', 'primary_only', ...IDENTITY_LABELS],
];

/** Annotations that the alerts already have. */
export const OWN_ANNOTATIONS: readonly string[] = ['summary', 'description', 'runbook_url', 'dashboard_url'];

/** A duration in Prometheus' format; also matches the empty text. Uses only syntax that Go's regular expressions support too. */
export const DURATION = /^(([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$/;

/** A label name. Prometheus reserves names that begin with two underscores. */
export const LABEL_NAME = /^(_?[a-zA-Z][a-zA-Z0-9_]*|_)$/;

const NAMES = [...new Set(ALERTS.map(({ alert }) => alert))];
const LIMITS = ALERTS.flatMap(({ alert, severity, limit }) =>
  limit === undefined ? [] : [{ name: `${alert}.${severity}`, limit }],
);

/** Parses the texts. Returns the settings, or one line for each text that is not valid. */
export function readSettings(texts: SettingTexts): Settings | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  function readAll<T>(flag: string, given: readonly string[], read: (text: string) => T): readonly T[] {
    return given.flatMap((text) => {
      try {
        return [read(text)];
      } catch (error) {
        if (!(error instanceof Flaw)) throw error;
        problems.push(`--${flag} ${text}: ${error.message}`);
        return [];
      }
    });
  }

  const identityLabels = [...new Set(readAll('by', texts.identityLabels, readIdentityLabel))];
  const known = ['genesis_cluster', ...IDENTITY_LABELS, ...identityLabels];
  const settings: Settings = {
    ...SHIPPED,
    thresholds: Object.fromEntries(readAll('set', texts.thresholds, readThreshold)),
    for: Object.fromEntries(readAll('for', texts.holds, readHold)),
    disabled: readAll('disable', texts.disabled, readAlertName),
    labels: Object.fromEntries(readAll('label', texts.labels, (text) => readPair(text, OWN_LABELS))),
    annotations: Object.fromEntries(
      readAll('annotation', texts.annotations, (text) => readPair(text, OWN_ANNOTATIONS)),
    ),
    identityLabels,
    expectedNodes: readAll('expect', texts.expectedNodes, (text) => readNode(text, known)),
    runbookUrl: texts.runbookUrl,
  };
  return problems.length > 0 ? { problems } : settings;
}

/** The problem with one text. */
class Flaw extends Error {}

function splitPair(text: string, example: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Flaw(`expected ${example}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function readThreshold(text: string): readonly [string, number] {
  const [name, number] = splitPair(text, 'ALERT.SEVERITY=NUMBER, such as GenesisLmdbAlmostFull.warning=0.8');
  const found = LIMITS.find((one) => one.name === name);
  if (found === undefined)
    throw new Flaw(
      `there is no threshold ${name}${suggest(
        name,
        LIMITS.map((one) => one.name),
      )}`,
    );
  const { min, max, unit } = found.limit;
  const value = /^\d+(?:\.\d+)?$/.test(number) ? Number(number) : Number.NaN;
  if (!(value >= min && value <= max))
    throw new Flaw(`expected a number from ${min} to ${max} (${unit}), got ${number}`);
  return [name, value];
}

function readHold(text: string): readonly [string, string] {
  const [name, duration] = splitPair(text, 'ALERT=DURATION, such as GenesisProcessDown=5m');
  if (duration === '' || !DURATION.test(duration))
    throw new Flaw(`expected a duration such as 5m or 1h30m, got ${duration}`);
  return [readAlertName(name), duration];
}

function readAlertName(name: string): string {
  if (!NAMES.includes(name)) throw new Flaw(`there is no alert ${name}${suggest(name, NAMES)}`);
  return name;
}

function readPair(text: string, taken: readonly string[]): readonly [string, string] {
  const [name, value] = splitPair(text, 'NAME=VALUE, such as team=trading');
  return [readName(name, taken), value];
}

function readIdentityLabel(name: string): string {
  return readName(name, OWN_LABELS);
}

function readName(name: string, taken: readonly string[]): string {
  if (!LABEL_NAME.test(name)) throw new Flaw('expected a name of letters, digits and underscores');
  if (taken.includes(name)) throw new Flaw(`the alerts have ${name} already`);
  return name;
}

function readNode(text: string, known: readonly string[]): Readonly<Record<string, string>> {
  const [, node = '', more = ''] = /^(.*?)((?:,[a-zA-Z_]\w*=[^,]*)*)$/s.exec(text) ?? [];
  if (node === '') throw new Flaw('expected the name of a node');
  const labels = more
    .split(',')
    .slice(1)
    .map((pair) => splitPair(pair, 'LABEL=VALUE'));
  for (const [name] of labels) {
    if (!known.includes(name))
      throw new Flaw(`a node is expected by ${known.join(', ')} alone; for ${name} give --by ${name}`);
  }
  return { genesis_node: node, ...Object.fromEntries(labels) };
}
