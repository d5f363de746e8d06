import type { NodeView } from '../domain/view.ts';
import { createBreather } from './breather.ts';
import { createFamilyRenderer } from './family-text.ts';
import { FAMILIES, familyHead } from './metrics-table.ts';
import { createPieces, type Pieces } from './pieces.ts';
import { hasChanged, type ShownNode, showNode } from './shown-node.ts';

/** The series of all nodes as text. One thing at a time may be asked of it. */
export interface FleetText {
  /** Takes in these views. */
  update(views: readonly NodeView[]): Promise<void>;
  /** Another number after each change of the text, also when an update was broken off. */
  edition(): number;
  /** Whether it shows this very list of views already. */
  shows(views: readonly NodeView[]): boolean;
  /** All of it: what has changed since the last time is rendered, the other pieces are the ones of then. The same object while nothing changes. */
  join(): Promise<Pieces>;
}

interface Target {
  readonly name: string;
  shown: ShownNode | undefined;
}

/** A family's lines of some neighbouring nodes. */
interface Segment {
  readonly family: number;
  readonly targets: readonly Target[];
  isDirty: boolean;
  bytes: Buffer;
}

/** Rendered again when one of them has changed. */
const NODES_PER_SEGMENT = 50;
const HEADS = FAMILIES.map((family) => Buffer.from(familyHead(family)));

/** No text yet. What is long to make is made in turns. */
export function createFleetText(): FleetText {
  const render = createFamilyRenderer();
  let targets: readonly Target[] = [];
  /** Those of a family stand together, in the order of the families. */
  let segments: readonly Segment[] = [];
  let edition = 0;
  /** What the targets were last brought up to. */
  let taken: readonly NodeView[] | undefined;
  let joined: { readonly edition: number; readonly pieces: Pieces } | undefined;

  async function update(views: readonly NodeView[]): Promise<void> {
    const breathe = createBreather();
    taken = undefined;
    arrange(views);
    for (const [index, view] of views.entries()) {
      const target = targets[index];
      if (target === undefined || target.shown?.view === view) continue;
      const shown = showNode(view, target.shown);
      soil(index, target.shown, shown);
      target.shown = shown;
      await breathe();
    }
    taken = views;
  }

  /** Puts targets and segments in the order of the views. */
  function arrange(views: readonly NodeView[]): void {
    const names = views.map(({ snapshot }) => snapshot.node.name);
    if (names.length === targets.length && names.every((name, index) => targets[index]?.name === name)) return;
    const known = new Map(targets.map((target) => [target.name, target]));
    targets = names.map((name) => known.get(name) ?? { name, shown: undefined });
    segments = FAMILIES.flatMap((_, family) => {
      const some: Segment[] = [];
      for (let from = 0; from < targets.length; from += NODES_PER_SEGMENT) {
        const neighbours = targets.slice(from, from + NODES_PER_SEGMENT);
        some.push({ family, targets: neighbours, isDirty: true, bytes: Buffer.alloc(0) });
      }
      return some;
    });
    edition += 1;
  }

  function soil(index: number, before: ShownNode | undefined, after: ShownNode): void {
    const perFamily = segments.length / FAMILIES.length;
    const place = Math.floor(index / NODES_PER_SEGMENT);
    FAMILIES.forEach((family, at) => {
      const segment = segments[at * perFamily + place];
      if (segment === undefined || (before !== undefined && !hasChanged(family, before, after))) return;
      segment.isDirty = true;
      edition += 1;
    });
  }

  async function join(): Promise<Pieces> {
    if (joined?.edition !== edition) joined = { edition, pieces: createPieces(await renderSegments()) };
    return joined.pieces;
  }

  async function renderSegments(): Promise<readonly Buffer[]> {
    const breathe = createBreather();
    for (const segment of segments) {
      if (!segment.isDirty) continue;
      const nodes = segment.targets.flatMap(({ shown }) => shown ?? []);
      segment.bytes = Buffer.from(await render(segment.family, nodes, breathe));
      segment.isDirty = false;
      await breathe();
    }
    const shown = segments.filter(({ bytes }) => bytes.length > 0);
    return shown.flatMap(({ family, bytes }, index) => {
      const head = HEADS[family];
      return head === undefined || shown[index - 1]?.family === family ? [bytes] : [head, bytes];
    });
  }

  return { update, edition: () => edition, shows: (views) => views === taken, join };
}
