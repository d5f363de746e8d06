import { check } from './check.ts';
import { formatPath, isSecretPath, overlaps, type Path, type Problem } from './problem.ts';
import { resolveConfig } from './resolve.ts';
import { moduleSchema, nodeSchema, outlineSchema } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { Config } from './settings.ts';
import { type Flaw, readYaml, type YamlDocument } from './yaml-document.ts';

/** A configuration, or a line for each problem in place of it. */
export type ParsedConfig =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** What a text alone does not say. */
export interface ParseOptions {
  /** What the file is called in problems. */
  readonly file: string;
  readonly resolveFile: Resolving['resolveFile'];
}

/** Reads a YAML configuration: all problems at once, in the order of their places; whatever the text, it does not throw. */
export function parseConfig(text: string, { file, resolveFile }: ParseOptions): ParsedConfig {
  const yaml = readYaml(text);
  const { flaws, config } =
    yaml.kind === 'document' ? checkDocument(yaml, resolveFile) : { ...yaml, config: undefined };
  const sorted = flaws.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const lines = new Set(sorted.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`));
  if (lines.size > 0 || config === undefined) return { kind: 'problems', problems: [...lines] };
  return { kind: 'config', config };
}

interface CheckedDocument {
  readonly flaws: readonly Flaw[];
  readonly config: Config | undefined;
}

function checkDocument(yaml: YamlDocument, resolveFile: Resolving['resolveFile']): CheckedDocument {
  const { problems, config } = yaml.value === undefined ? NOTHING : checkValue(yaml.value, resolveFile);
  const flaws = [...yaml.problems, ...problems].map((problem) => ({
    place: yaml.placeOf(problem.path, problem.atKey ?? false),
    message: describe(problem),
  }));
  return { flaws: [...yaml.flaws, ...flaws], config };
}

interface CheckedValue {
  readonly problems: readonly Problem[];
  readonly config: Config | undefined;
}

const NOTHING: CheckedValue = { problems: [], config: undefined };

/** An empty file says as much as an empty mapping. */
function checkValue(raw: unknown, resolveFile: Resolving['resolveFile']): CheckedValue {
  const outline = check(outlineSchema, raw ?? {}, []);
  if (outline.value === undefined) return { problems: outline.problems, config: undefined };
  const { modules = {}, nodes = [], ...globals } = outline.value;
  const checkedModules = Object.entries(modules).map(([name, module]) => ({
    name,
    ...check(moduleSchema, module, ['modules', name]),
  }));
  const checkedNodes = nodes.map((node, index) => check(nodeSchema, node, ['nodes', index]));
  const parts = [outline, ...checkedModules, ...checkedNodes];
  const document = {
    globals,
    modules: new Map(checkedModules.map(({ name, value }) => [name, value ?? {}])),
    nodes: checkedNodes.map(({ value }) => value),
  };
  const { config, problems } = resolveConfig(document, resolveFile);
  const leftOut = parts.flatMap((part) => part.leftOut);
  const certain = problems.filter(({ path, from = [path] }) => from.every((known) => !isTouched(known, leftOut)));
  return { problems: [...parts.flatMap((part) => part.problems), ...certain], config };
}

function isTouched(path: Path, leftOut: readonly Path[]): boolean {
  return leftOut.some((missing) => overlaps(path, missing));
}

/** The name of a key that is wrong may itself be a secret, such as `{password:secret}` without a blank. */
function describe({ path, message, atKey }: Problem): string {
  const parent = path.slice(0, -1);
  const shown = formatPath(atKey && isSecretPath(parent) ? parent : path);
  return shown === '' ? message : `${shown}: ${message}`;
}
