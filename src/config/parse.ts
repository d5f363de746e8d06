import type * as z from 'zod';
import { type Checked, check } from './check.ts';
import { certain, flawOf, tellFlaws } from './flaws.ts';
import { problemOfOtherProgram } from './other-program.ts';
import type { Problem } from './problem.ts';
import { resolveConfig } from './resolve.ts';
import { moduleSchema, nodeSchema, outlineSchema } from './schema.ts';
import { dnsSdSchema, fileSdSchema, httpSdSchema, probeSchema } from './schema-discovery.ts';
import { maintenanceSchema } from './schema-maintenance.ts';
import type { Environment, HttpResolving, Resolving } from './secret.ts';
import type { Config } from './settings.ts';
import { type Flaw, readYaml, type YamlDocument } from './yaml-document.ts';

/** A configuration, or one line per problem. */
export type ParsedConfig =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** What the parser needs besides the text. */
export interface ParseOptions {
  /** Name of the file in problems. */
  readonly file: string;
  readonly resolveFile: Resolving['resolveFile'];
  /** Environment variables, for `proxy_from_environment`; none by default. */
  readonly env?: Environment;
}

/** Parses a YAML configuration. Returns all problems at once, sorted by place. Never throws. */
export function parseConfig(text: string, { file, resolveFile, env = {} }: ParseOptions): ParsedConfig {
  const yaml = readYaml(text);
  const { flaws, config } =
    yaml.kind === 'document' ? checkDocument(yaml, { resolveFile, env }) : { ...yaml, config: undefined };
  const lines = tellFlaws(flaws, file);
  if (lines.length > 0 || config === undefined) return { kind: 'problems', problems: lines };
  return { kind: 'config', config };
}

type Surroundings = Omit<HttpResolving, 'report'>;

interface CheckedDocument {
  readonly flaws: readonly Flaw[];
  readonly config: Config | undefined;
}

function checkDocument(yaml: YamlDocument, surroundings: Surroundings): CheckedDocument {
  const { problems, config } = yaml.value === undefined ? NOTHING : checkValue(yaml.value, surroundings);
  const flaws = [...yaml.problems, ...problems].map((problem) => flawOf(problem, yaml));
  return { flaws: [...yaml.flaws, ...flaws], config };
}

interface CheckedValue {
  readonly problems: readonly Problem[];
  readonly config: Config | undefined;
}

const NOTHING: CheckedValue = { problems: [], config: undefined };

/** Checks and resolves a document. An empty document counts as an empty mapping. */
function checkValue(raw: unknown, surroundings: Surroundings): CheckedValue {
  const other = problemOfOtherProgram(raw);
  if (other !== undefined) return { problems: [other], config: undefined };
  const outline = check(outlineSchema, raw ?? {}, []);
  if (outline.value === undefined) return { problems: outline.problems, config: undefined };
  const {
    modules = {},
    nodes,
    file_sd_configs: files,
    http_sd_configs: servers,
    dns_sd_configs: names,
    probe,
    maintenance,
    ...globals
  } = outline.value;
  const checkedModules = Object.entries(modules).map(([name, module]) => ({
    name,
    ...check(moduleSchema, module, ['modules', name]),
  }));
  const checkedNodes = checkItems(nodeSchema, nodes, 'nodes');
  const fileSd = checkItems(fileSdSchema, files, 'file_sd_configs');
  const httpSd = checkItems(httpSdSchema, servers, 'http_sd_configs');
  const dnsSd = checkItems(dnsSdSchema, names, 'dns_sd_configs');
  const checkedProbe = check(probeSchema, probe === undefined ? {} : probe, ['probe']);
  const windows = checkItems(maintenanceSchema, maintenance, 'maintenance');
  const parts = [outline, ...checkedModules, ...checkedNodes, ...fileSd, ...httpSd, ...dnsSd, checkedProbe, ...windows];
  const document = {
    globals,
    modules: new Map(checkedModules.map(({ name, value }) => [name, value ?? {}])),
    nodes: checkedNodes.map(({ value }) => value),
    fileSd: fileSd.map(({ value }) => value),
    httpSd: httpSd.map(({ value }) => value),
    dnsSd: dnsSd.map(({ value }) => value),
    probe: checkedProbe.value ?? {},
    maintenance: windows.map(({ value }) => value),
  };
  const { config, problems } = resolveConfig(document, surroundings);
  const leftOut = parts.flatMap((part) => part.leftOut);
  return { problems: [...parts.flatMap((part) => part.problems), ...certain(problems, leftOut)], config };
}

function checkItems<S extends z.ZodType>(
  schema: S,
  items: readonly unknown[] = [],
  key: string,
): readonly Checked<z.output<S>>[] {
  return items.map((item, index) => check(schema, item, [key, index]));
}
