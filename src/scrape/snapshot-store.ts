import type { Clock } from '../domain/clock.ts';
import type { GenesisNode } from '../domain/node.ts';
import { type Moment, type ProbeUpdate, recordUpdate } from '../domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../domain/snapshot.ts';
import type { Transition } from '../domain/transition.ts';
import { type NodeView, viewNode } from '../domain/view.ts';

/** What a probe update changed, for logs and history. */
export interface Recorded {
  readonly before: NodeView;
  readonly after: NodeView;
  readonly transitions: readonly Transition[];
}

/** The latest snapshot of every node: the loop writes, every reader reads. */
export interface SnapshotStore {
  /** Sets the nodes, in this order. Remaining nodes keep their evidence. */
  setNodes(nodes: readonly GenesisNode[]): void;
  /** Replaces each snapshot by the result of `recalled`: memory of earlier runs may arrive after the start. */
  recall(recalled: (snapshot: NodeSnapshot, at: Moment) => NodeSnapshot): void;
  /** Adds a probe's result; undefined when the node is gone. */
  record(name: string, update: ProbeUpdate): Recorded | undefined;
  /** The current view of a node; undefined for an unknown name. */
  view(name: string): NodeView | undefined;
  /** The current views of all nodes, in order. A view stays the same object until something in it changes, and so does the list. */
  views(): readonly NodeView[];
}

/** What a store works with. */
export interface SnapshotStoreDeps {
  readonly clock: Clock;
  /** The snapshot with which a new node begins; undefined for one without evidence or memory. */
  readonly restore?: (node: GenesisNode, at: Moment) => NodeSnapshot | undefined;
  /** Called after each update, with its moment. */
  readonly onRecorded?: (recorded: Recorded, at: Moment) => void;
  /** Called with the names when the set of nodes changes. */
  readonly onNodes?: (names: ReadonlySet<string>) => void;
}

/** An empty store. Views are judged again when their evidence grows too old, whether or not the loop still runs. */
export function createSnapshotStore({ clock, restore, onRecorded, onNodes }: SnapshotStoreDeps): SnapshotStore {
  let current = new Map<string, NodeView>();
  /** The list of all views, until one of them changes or expires. */
  let listed: { readonly views: readonly NodeView[]; readonly validUntilMs: number } | undefined;

  function setNodes(nodes: readonly GenesisNode[]): void {
    const nowMs = clock.monotonicMs();
    const next = new Map<string, NodeView>();
    for (const node of nodes) {
      const known = current.get(node.name);
      if (known?.snapshot.node === node) {
        next.set(node.name, known);
      } else {
        const snapshot = known === undefined ? begin(node) : { ...known.snapshot, node };
        next.set(node.name, viewNode(snapshot, nowMs));
      }
    }
    current = next;
    listed = undefined;
    onNodes?.(new Set(next.keys()));
  }

  function begin(node: GenesisNode): NodeSnapshot {
    return restore?.(node, now()) ?? emptySnapshot(node);
  }

  function recall(recalled: (snapshot: NodeSnapshot, at: Moment) => NodeSnapshot): void {
    const at = now();
    for (const [name, { snapshot }] of current) replace(name, viewNode(recalled(snapshot, at), at.monotonicMs));
  }

  function now(): Moment {
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
  }

  function replace(name: string, view: NodeView): NodeView {
    current.set(name, view);
    listed = undefined;
    return view;
  }

  function record(name: string, update: ProbeUpdate): Recorded | undefined {
    const before = view(name);
    if (before === undefined) return undefined;
    const at = now();
    const { view: after, transitions } = recordUpdate(before.snapshot, update, at);
    replace(name, after);
    const recorded = { before, after, transitions };
    onRecorded?.(recorded, at);
    return recorded;
  }

  function view(name: string): NodeView | undefined {
    const known = current.get(name);
    return known && judged(name, known, clock.monotonicMs());
  }

  function judged(name: string, known: NodeView, nowMs: number): NodeView {
    return nowMs <= known.validUntilMs ? known : replace(name, viewNode(known.snapshot, nowMs));
  }

  function views(): readonly NodeView[] {
    const nowMs = clock.monotonicMs();
    if (listed === undefined || nowMs > listed.validUntilMs) {
      const all = [...current].map(([name, known]) => judged(name, known, nowMs));
      const validUntilMs = all.reduce((least, view) => Math.min(least, view.validUntilMs), Number.POSITIVE_INFINITY);
      listed = { views: all, validUntilMs };
    }
    return listed.views;
  }

  return { setNodes, recall, record, view, views };
}
