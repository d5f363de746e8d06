import { ALERTS } from '../../../src/rules/groups.ts';
import { DURATION, LABEL_NAME, OWN_ANNOTATIONS, OWN_LABELS } from '../../../src/rules/read-settings.ts';

const NAMES = [...new Set(ALERTS.map(({ alert }) => alert))].toSorted();

/** The JSON Schemas of the chart's values that change the rules, by their names below `prometheusRule`. */
export function ruleValueSchemas(): Readonly<Record<string, object>> {
  return {
    disabled: { type: 'array', items: { enum: NAMES } },
    thresholds: strict(
      NAMES.filter((name) => Object.keys(limitsOf(name)).length > 0).map((name) => [
        name,
        strict(Object.entries(limitsOf(name))),
      ]),
    ),
    for: strict(NAMES.map((name) => [name, { type: 'string', minLength: 1, pattern: DURATION.source }])),
    additionalRuleLabels: texts(OWN_LABELS),
    additionalRuleAnnotations: texts(OWN_ANNOTATIONS),
    runbookUrl: { type: 'string', pattern: '^https?://[^\\s"\'<>]+$' },
    aggregationLabels: {
      type: 'array',
      items: {
        type: 'string',
        ...nameOutside(OWN_LABELS.filter((label) => label !== 'cluster' && label !== 'namespace')),
      },
    },
    expectedNodes: {
      type: 'array',
      items: {
        type: 'object',
        required: ['genesis_node'],
        properties: { genesis_node: { type: 'string', minLength: 1 } },
        additionalProperties: { type: 'string' },
      },
    },
  };
}

function limitsOf(name: string): Readonly<Record<string, object>> {
  const limits = ALERTS.flatMap(({ alert, severity, limit }) =>
    alert === name && limit !== undefined
      ? [[severity, { type: 'number', minimum: limit.min, maximum: limit.max }] as const]
      : [],
  );
  return Object.fromEntries(limits);
}

function strict(properties: readonly (readonly [string, object])[]): object {
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

function texts(taken: readonly string[]): object {
  return { type: 'object', propertyNames: nameOutside(taken), additionalProperties: { type: 'string' } };
}

function nameOutside(taken: readonly string[]): object {
  return { pattern: LABEL_NAME.source, not: { enum: taken } };
}
