import { parseTargetAddress } from '../domain/target-address.ts';
import { DEFAULTS } from './defaults.ts';
import { EXPECTED_LABEL_NAME, EXPECTED_TEXT, isName, LABEL_NAME_PATTERN } from './names.ts';
import { resolveNode } from './node-settings.ts';
import { moduleUrl } from './node-target.ts';
import { type Problem, quote } from './problem.ts';
import type { Config, NodeSettings } from './settings.ts';

/** A target of a discovery source: `host:port` and its labels. */
export interface DiscoveredTarget {
  readonly address: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** A discovered node, or why the exporter refuses the target. */
export type DiscoveredNode =
  | { readonly kind: 'node'; readonly settings: NodeSettings }
  | { readonly kind: 'refused'; readonly problem: string };

/** Labels that set the node's name, module and cluster. All other labels become labels of `genesis_node_info`. */
const OWN_LABELS: ReadonlySet<string> = new Set(['node', 'module', 'cluster']);

/** Turns a target into a node. A target that breaks a rule of the configuration is refused, with the problem as one sentence. */
export function discoveredNode(config: Config, { address, labels }: DiscoveredTarget): DiscoveredNode {
  const place = parseTargetAddress(address);
  if (place === undefined) return refuse(address, 'expected host:port');
  // Prometheus treats an empty label as missing. Labels with __ are meant for the reader of the source only.
  const given = new Map([...labels].filter(([name, value]) => value !== '' && !name.startsWith('__')));
  for (const [name, value] of given) {
    if (!LABEL_NAME_PATTERN.test(name)) return refuse(address, `expected ${EXPECTED_LABEL_NAME}, got ${quote(name)}`);
    if (!isName(value)) return refuse(address, `expected ${EXPECTED_TEXT}, got ${quote(value)} as label ${name}`);
  }
  const moduleName = given.get('module') ?? DEFAULTS.module;
  const module = config.modules.get(moduleName);
  if (module === undefined) return refuse(address, `expected the name of a module, got ${quote(moduleName)}`);
  const problems: Problem[] = [];
  const settings = resolveNode(
    {
      name: given.get('node') ?? address,
      health_url: moduleUrl(module, place.host, place.port),
      module: moduleName,
      cluster: given.get('cluster'),
    },
    { timing: config.timing, modules: config.modules, defaultModule: module },
    [],
    { resolveFile: String, report: (problem) => problems.push(problem) },
  );
  const [problem] = problems;
  if (problem !== undefined) return refuse(address, problem.message);
  const rest = new Map([...given].filter(([name]) => !OWN_LABELS.has(name)));
  return { kind: 'node', settings: { ...settings, node: { ...settings.node, labels: rest } } };
}

function refuse(address: string, problem: string): DiscoveredNode {
  return { kind: 'refused', problem: `target ${quote(address)}: ${problem}` };
}
