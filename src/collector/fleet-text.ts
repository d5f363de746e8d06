import { type ExpositionFormat, toOpenMetrics } from '../domain/exposition.ts';
import type { NodeView } from '../domain/view.ts';
import { type Chunks, createChunks } from './chunks.ts';
import { createFamilyRenderer } from './family-text.ts';
import { FAMILIES, familyHead } from './metrics-table.ts';
import { hasChanged, type ShownNode, showNode } from './shown-node.ts';
import { createYielder } from './yielder.ts';

/** The series of all nodes as text. Its functions must not run at the same time. */
export interface FleetText {
  /** Makes the text show these views. */
  update(views: readonly NodeView[]): Promise<void>;
  /** A new number after each change of the text, also after an update that failed half-way. */
  edition(): number;
  /** Whether the text shows exactly this list of views. */
  shows(views: readonly NodeView[]): boolean;
  /** The whole text in a format. Renders the segments that have changed and reuses the others. The same object as long as nothing changes. */
  join(format?: ExpositionFormat): Promise<Chunks>;
}

interface Target {
  readonly name: string;
  shown: ShownNode | undefined;
}

/** The lines of one family for up to 50 neighbouring nodes: the unit that is rendered again. */
interface Segment {
  readonly family: number;
  readonly targets: readonly Target[];
  isDirty: boolean;
  bytes: Buffer;
}

const NODES_PER_SEGMENT = 50;
// The lines of samples are the same in both formats.
const HEADS: Readonly<Record<ExpositionFormat, readonly Buffer[]>> = {
  text: FAMILIES.map((family) => Buffer.from(familyHead(family))),
  openmetrics: FAMILIES.map((family) => Buffer.from(toOpenMetrics(familyHead(family)))),
};

/** An empty text. Long rendering yields to the event loop every 2 ms. */
export function createFleetText(): FleetText {
  const render = createFamilyRenderer();
  let targets: readonly Target[] = [];
  /** Ordered by family, then by node. */
  let segments: readonly Segment[] = [];
  let edition = 0;
  /** The list of views that the targets show. */
  let shownViews: readonly NodeView[] | undefined;
  const joined = new Map<ExpositionFormat, { readonly edition: number; readonly chunks: Chunks }>();

  async function update(views: readonly NodeView[]): Promise<void> {
    const yieldIfDue = createYielder();
    shownViews = undefined;
    arrange(views);
    for (const [index, view] of views.entries()) {
      const target = targets[index];
      if (target === undefined || target.shown?.view === view) continue;
      const shown = showNode(view, target.shown);
      markChanged(index, target.shown, shown);
      target.shown = shown;
      await yieldIfDue();
    }
    shownViews = views;
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

  /** Marks the segments of a node's families whose samples are different now. */
  function markChanged(index: number, before: ShownNode | undefined, after: ShownNode): void {
    const perFamily = segments.length / FAMILIES.length;
    const place = Math.floor(index / NODES_PER_SEGMENT);
    FAMILIES.forEach((family, at) => {
      const segment = segments[at * perFamily + place];
      if (segment === undefined || (before !== undefined && !hasChanged(family, before, after))) return;
      segment.isDirty = true;
      edition += 1;
    });
  }

  async function join(format: ExpositionFormat = 'text'): Promise<Chunks> {
    const known = joined.get(format);
    if (known?.edition === edition) return known.chunks;
    const chunks = createChunks(await renderSegments(HEADS[format]));
    joined.set(format, { edition, chunks });
    return chunks;
  }

  async function renderSegments(heads: readonly Buffer[]): Promise<readonly Buffer[]> {
    const yieldIfDue = createYielder();
    for (const segment of segments) {
      if (!segment.isDirty) continue;
      const nodes = segment.targets.flatMap(({ shown }) => shown ?? []);
      segment.bytes = Buffer.from(await render(segment.family, nodes, yieldIfDue));
      segment.isDirty = false;
      await yieldIfDue();
    }
    const shown = segments.filter(({ bytes }) => bytes.length > 0);
    return shown.flatMap(({ family, bytes }, index) => {
      const head = heads[family];
      return head === undefined || shown[index - 1]?.family === family ? [bytes] : [head, bytes];
    });
  }

  return { update, edition: () => edition, shows: (views) => views === shownViews, join };
}
