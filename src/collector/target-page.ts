import { type Metric, Registry } from 'prom-client';
import type { NodeView } from '../domain/view.ts';
import type { Family, Sample } from './family.ts';
import { FAMILIES } from './metrics-table.ts';

/** The series of one node as text, made anew for each view. */
export interface TargetPage {
  /** For each family of the table, its sample lines, each ended by a newline; empty where it has none. */
  render(view: NodeView): Promise<readonly string[]>;
}

type SharedLabels = Readonly<Record<string, string>>;

interface RegistryValue extends Sample {
  readonly sharedLabels: SharedLabels;
}

/** A page with a registry of its own, whose metric objects read the view that is being rendered. */
export function createTargetPage(): TargetPage {
  const registry = new Registry();
  const shared = new Map<string, SharedLabels>();
  let current: NodeView | undefined;

  // prom-client keeps the text of a shared-labels object as long as the object lives: one for each process.
  function sharedLabels(node: string, process?: string): SharedLabels {
    const key = process === undefined ? '' : `p${process}`;
    const found = shared.get(key);
    if (found !== undefined) return found;
    const labels = process === undefined ? { genesis_node: node } : { genesis_node: node, process };
    shared.set(key, labels);
    return labels;
  }

  function values(family: Family, view: NodeView): readonly RegistryValue[] {
    const node = view.snapshot.node.name;
    if (family.scope === 'node') return withShared(family.samples(view), sharedLabels(node));
    return view.processes.flatMap((process) =>
      withShared(family.samples(process, view), sharedLabels(node, process.name)),
    );
  }

  for (const family of FAMILIES) {
    const { name, help, type } = family;
    const metric = {
      name,
      help,
      type,
      get: () => ({ name, help, type, values: current ? values(family, current) : [] }),
    };
    // registerMetric's type wants an instance of prom-client's own classes; all that it and metrics() use is here.
    registry.registerMetric(metric as unknown as Metric);
  }

  async function render(view: NodeView): Promise<readonly string[]> {
    if (shared.size > 2 * view.processes.length + 16) shared.clear();
    current = view;
    // Newlines are escaped in help texts and label values, so an empty line parts two families.
    const text = await registry.metrics();
    return text.trimEnd().split('\n\n').map(sampleLines);
  }

  return { render };
}

function withShared(samples: readonly Sample[], sharedLabels: SharedLabels): readonly RegistryValue[] {
  return samples.map((sample) => ({ ...sample, sharedLabels }));
}

/** A family's text without its HELP and TYPE lines. */
function sampleLines(text: string): string {
  const typeStart = text.indexOf('\n') + 1;
  const typeEnd = text.indexOf('\n', typeStart);
  return typeEnd === -1 ? '' : `${text.slice(typeEnd + 1)}\n`;
}
