import { type Metric, Registry } from 'prom-client';
import type { NodeView } from '../domain/view.ts';
import type { Family, Sample } from './family.ts';
import { FAMILIES } from './metrics-table.ts';

/** The series of one node as text, and what it was made from. */
export interface NodeText {
  /** For each family of the table, its sample lines, each ended by a newline; empty where it has none. */
  readonly families: readonly string[];
  readonly samples: readonly (readonly SharedSample[])[];
}

/** Renders a node; of a text that was made of it before, the families stay whose samples are the same. */
export type RenderNode = (view: NodeView, before: NodeText | undefined) => Promise<NodeText>;

/** A sample with the labels that all series of its node or process have. */
export interface SharedSample extends Sample {
  readonly sharedLabels: SharedLabels;
}

type SharedLabels = Readonly<Record<string, string>>;

/** A renderer with one registry, whose metric objects have the samples that are to be rendered next. */
export function createNodeRenderer(): RenderNode {
  const registry = new Registry();
  const pending = FAMILIES.map((): readonly SharedSample[] => []);

  FAMILIES.forEach(({ name, help, type }, index) => {
    const metric = { name, help, type, get: () => ({ name, help, type, values: pending[index] }) };
    // registerMetric's type wants an instance of prom-client's own classes; all that it and the rendering use is here.
    registry.registerMetric(metric as unknown as Metric);
  });

  /** The lines of a family as a string of its own: a mere slice would keep the text that it was cut from in memory. */
  async function linesOf({ name }: Family): Promise<string> {
    const [, , ...lines] = (await registry.getSingleMetricAsString(name)).split('\n');
    return [...lines, ''].join('\n');
  }

  return async (view, before) => {
    const samples = samplesOf(view, before);
    const families = FAMILIES.map((family, index) => {
      const own = samples[index] ?? [];
      if (before !== undefined && own === before.samples[index]) return before.families[index] ?? '';
      // The registry takes them before anything else can run.
      pending[index] = own;
      return own.length === 0 ? '' : linesOf(family);
    });
    return { samples, families: await Promise.all(families) };
  };
}

/** The samples of each family: the very ones of before where all are the same. */
function samplesOf(view: NodeView, before: NodeText | undefined): NodeText['samples'] {
  const node = { genesis_node: view.snapshot.node.name };
  const known = labelsBefore(before);
  // prom-client keeps the text of a shared-labels object as long as the object lives: one for each process.
  const shared = view.processes.map(({ name: process }) => known.get(process) ?? { ...node, process });
  return FAMILIES.map((family, index) => {
    const samples =
      family.scope === 'node'
        ? withLabels(family.samples(view), node)
        : view.processes.flatMap((process, at) => withLabels(family.samples(process, view), shared[at] ?? node));
    const earlier = before?.samples[index];
    return earlier !== undefined && areSame(samples, earlier) ? earlier : samples;
  });
}

/** The shared labels of each process in an earlier text of the same node. */
function labelsBefore(before: NodeText | undefined): ReadonlyMap<string, SharedLabels> {
  const known = new Map<string, SharedLabels>();
  for (const { sharedLabels } of before?.samples[0] ?? []) known.set(sharedLabels['process'] ?? '', sharedLabels);
  return known;
}

function withLabels(samples: readonly Sample[], sharedLabels: SharedLabels): readonly SharedSample[] {
  return samples.map(({ labels, value }) => (labels ? { labels, value, sharedLabels } : { value, sharedLabels }));
}

function areSame(some: readonly SharedSample[], others: readonly SharedSample[]): boolean {
  return some.length === others.length && some.every((sample, index) => isSame(sample, others[index]));
}

function isSame(sample: SharedSample, other: SharedSample | undefined): boolean {
  if (other === undefined || !Object.is(sample.value, other.value)) return false;
  return haveSameEntries(sample.sharedLabels, other.sharedLabels) && haveSameEntries(sample.labels, other.labels);
}

function haveSameEntries(labels: SharedLabels = {}, others: SharedLabels = {}): boolean {
  if (labels === others) return true;
  const names = Object.keys(labels);
  return names.length === Object.keys(others).length && names.every((name) => labels[name] === others[name]);
}
