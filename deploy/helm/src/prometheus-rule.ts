import type { Alert, Group, Rule } from '../../../src/rules/rule.ts';
import { groupsText } from '../../../src/rules/rules-file.ts';
import { IDENTITY_LABELS, NOTHING, SHOWN_NODES, type Words } from '../../../src/rules/settings.ts';

/** An action of Helm, in brackets of its own until the braces around it, which are Prometheus', have been escaped. */
function action(code: string): string {
  return `\u27ea${code}\u27eb`;
}

function withBraces(text: string): string {
  return text.replaceAll('\u27ea- ', '{{- ').replaceAll('\u27ea', '{{ ').replaceAll('\u27eb', ' }}');
}

/** The name of an annotation or a label in whose line the values of the site are put. */
const LABELS = action('labels');
const ANNOTATIONS = action('annotations');

const WORDS: Words = {
  id: action('$id'),
  idMatchers: action('$idMatchers'),
  idValues: action('$idValues'),
  idLink: action('$idLink'),
  expected: action('$expected'),
  runbookUrl: action('$runbookUrl'),
  labels: { [LABELS]: '' },
  annotations: { [ANNOTATIONS]: '' },
  limitOf: ({ alert, severity, limit }) => action(`dig "${alert}" "${severity}" ${limit?.value} $rule.thresholds`),
  holdOf: ({ alert, for: hold }) => action(`get $rule.for "${alert}" | default "${hold}"`),
};

const HEAD = `{{- /* Made from src/rules/ by "npm run generate": change the rules there. */ -}}
{{- if .Values.prometheusRule.enabled }}
{{- $rule := .Values.prometheusRule }}
{{- $id := "" }}
{{- $idMatchers := "" }}
{{- $idValues := "" }}
{{- $idLink := "" }}
{{- range concat (list ${IDENTITY_LABELS.map((label) => `"${label}"`).join(' ')}) $rule.aggregationLabels | uniq }}
{{- $id = printf "%s%s%s" $id (ternary "" ", " (empty $id)) . }}
{{- $idMatchers = printf "%s%s%s=%%q" $idMatchers (ternary "" "," (empty $idMatchers)) . }}
{{- $idValues = printf "%s%s$labels.%s" $idValues (ternary "" " " (empty $idValues)) . }}
{{- $idLink = printf "%s{{ with $labels.%s }}&var-%s={{ . | urlquery }}{{ end }}" $idLink . . }}
{{- end }}
{{- $absent := list }}
{{- range $rule.expectedNodes }}
{{- $matchers := list (printf "genesis_node=%s" (toJson .genesis_node)) }}
{{- range $label, $value := omit . "genesis_node" }}
{{- $matchers = append $matchers (printf "%s=%s" $label (toJson $value)) }}
{{- end }}
{{- $absent = append $absent (printf "absent(${SHOWN_NODES}{%s})" (join "," $matchers)) }}
{{- end }}
{{- $expected := join " or " $absent | default "${NOTHING}" }}
{{- $runbookUrl := ternary $rule.runbookUrl (printf "%s/" $rule.runbookUrl) (regexMatch "[/=#]$" $rule.runbookUrl) }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "genesis-exporter.fullname" . }}
  namespace: {{ .Values.prometheusRule.namespace | default .Release.Namespace }}
  labels:
    {{- include "genesis-exporter.labels" . | nindent 4 }}
    {{- with .Values.prometheusRule.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
`;

/** The chart's template of its PrometheusRule: the rules with Helm's actions where the values of a site go. */
export function prometheusRuleTemplate(): string {
  const groups = groupsText(WORDS, { rule: ifEnabled, group: ifAny })
    .replaceAll('{{', '{{ "{{" }}')
    .replaceAll('{\u27ea', '{{ "{" }}\u27ea')
    .replaceAll(siteLine(LABELS), siteValues('additionalRuleLabels'))
    .replaceAll(siteLine(ANNOTATIONS), siteValues('additionalRuleAnnotations'));
  return `${HEAD}${withBraces(groups).replaceAll(/^(?=.)(?!\{\{-)/gm, '  ')}{{- end }}\n`;
}

function siteLine(key: string): RegExp {
  return new RegExp(`^ +${key}: (?:''|"")\\n`, 'gm');
}

function siteValues(name: string): string {
  const lines = [`- with $rule.${name}`, '- toYaml . | nindent 12', '- end'];
  return lines.map((code) => `${action(code)}\n`).join('');
}

function ifEnabled(rule: Rule, text: string): string {
  return 'record' in rule ? text : `${action(`- if ${isEnabled(rule)}`)}\n${text}${action('- end')}\n`;
}

function ifAny({ rules }: Group, text: string): string {
  const alerts = rules.flatMap((rule) => ('alert' in rule ? [rule] : []));
  if (alerts.length < rules.length) return text;
  const conditions = [...new Set(alerts.map((rule) => `(${isEnabled(rule)})`))];
  return `${action(`- if or ${conditions.join(' ')}`)}\n${text}${action('- end')}\n`;
}

function isEnabled({ alert }: Alert): string {
  return `not (has "${alert}" $rule.disabled)`;
}
