import type { NodeView } from '../domain/view.ts';
import type { Family, Sample } from './family.ts';

type Labels = Readonly<Record<string, string>>;

/** A sample, and the labels that it shares with the other series of its node or process. */
export interface SharedSample extends Sample {
  readonly sharedLabels: Labels;
}

/** A node as the metrics page shows it. */
export interface ShownNode {
  readonly view: NodeView;
  /** Labels of every series of the node. */
  readonly nodeLabels: Labels;
  /** Labels of every series of a process, in the order of the view's processes. */
  readonly processLabels: readonly Labels[];
}

/** A node with its labels. prom-client caches the text of a labels object, so a process that was shown before keeps its object. */
export function showNode(view: NodeView, before?: ShownNode): ShownNode {
  const nodeLabels = before?.nodeLabels ?? { genesis_node: view.snapshot.node.name };
  const known = new Map(before?.processLabels.map((labels) => [labels['process'], labels]));
  const processLabels = view.processes.map(({ name: process }) => known.get(process) ?? { ...nodeLabels, process });
  return { view, nodeLabels, processLabels };
}

/** The samples of one family of a node. */
export function samplesOf(family: Family, { view, nodeLabels, processLabels }: ShownNode): readonly SharedSample[] {
  if (family.scope === 'node') return withLabels(family.samples(view), nodeLabels);
  return view.processes.flatMap((process, at) =>
    withLabels(family.samples(process, view), processLabels[at] ?? nodeLabels),
  );
}

/** Whether the samples of a family are different from before. */
export function hasChanged(family: Family, before: ShownNode, after: ShownNode): boolean {
  const samples = samplesOf(family, after);
  const others = samplesOf(family, before);
  return samples.length !== others.length || samples.some((sample, index) => !isSame(sample, others[index]));
}

function withLabels(samples: readonly Sample[], sharedLabels: Labels): readonly SharedSample[] {
  return samples.map(({ labels, value }) => (labels ? { labels, value, sharedLabels } : { value, sharedLabels }));
}

function isSame(sample: SharedSample, other: SharedSample | undefined): boolean {
  if (other === undefined || !Object.is(sample.value, other.value)) return false;
  return sample.sharedLabels === other.sharedLabels && haveSameEntries(sample.labels, other.labels);
}

function haveSameEntries(labels: Labels = {}, others: Labels = {}): boolean {
  if (labels === others) return true;
  const names = Object.keys(labels);
  return names.length === Object.keys(others).length && names.every((name) => labels[name] === others[name]);
}
