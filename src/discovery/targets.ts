import * as z from 'zod';
import { check } from '../config/check.ts';
import type { DiscoveredTarget } from '../config/discovered-node.ts';
import { formatPath, type Problem } from '../config/problem.ts';
import { dictionary, list, mapping } from '../config/schema-values.ts';
import { readYaml } from '../config/yaml-document.ts';
import type { Hint } from '../domain/hint.ts';

/** The result of reading a text with targets. */
export type TargetsText =
  | { readonly kind: 'targets'; readonly targets: readonly DiscoveredTarget[] }
  /** One line each, beginning with `line:column:` where the place is known. */
  | {
      readonly kind: 'problems';
      readonly problems: readonly string[];
      /** Hints for the recognised problems. */
      readonly hints?: readonly Hint[];
      /** The JSON value when it is not a list; undefined for a list and for texts that are not JSON. */
      readonly other?: { readonly syntaxError?: string; readonly value?: unknown };
    };

const text = z.string('text');

/** Target groups in the format of Prometheus' service discovery. Other keys are refused, as in Prometheus. */
const groupsSchema = list(mapping({ targets: list(text).optional(), labels: dictionary(text, text).optional() }));

/** Reads target groups in JSON. Never throws. */
export function readJsonTargets(json: string): TargetsText {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (error) {
    return { kind: 'problems', problems: ['not valid JSON'], other: { syntaxError: String(error) } };
  }
  const found = readGroups(raw, describe);
  return found.kind === 'targets' || Array.isArray(raw) ? found : { ...found, other: { value: raw } };
}

/** Reads target groups in YAML, where numbers and booleans as label values count as text. Never throws. */
export function readYamlTargets(yaml: string): TargetsText {
  const document = readYaml(yaml, 'texts');
  const flaws = document.flaws.map(({ place, message }) => `${place.line}:${place.column}: ${message}`);
  if (document.kind === 'unreadable') return { kind: 'problems', problems: flaws };
  const describeAtPlace = (problem: Problem): string => {
    const { line, column } = document.placeOf(problem.path, problem.atKey ?? false);
    return `${line}:${column}: ${describe(problem)}`;
  };
  const problems = [...flaws, ...document.problems.map(describeAtPlace)];
  return problems.length > 0 ? { kind: 'problems', problems } : readGroups(document.value, describeAtPlace);
}

function readGroups(raw: unknown, describeProblem: (problem: Problem) => string): TargetsText {
  const { value = [], problems } = check(groupsSchema, raw, []);
  if (problems.length > 0) return { kind: 'problems', problems: problems.map(describeProblem) };
  const targets = value.flatMap(({ targets: addresses = [], labels = {} }) => {
    const shared = new Map(Object.entries(labels));
    return addresses.map((address) => ({ address, labels: shared }));
  });
  return { kind: 'targets', targets };
}

function describe({ path, message }: Problem): string {
  return path.length === 0 ? message : `${formatPath(path)}: ${message}`;
}
