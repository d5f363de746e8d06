import type { NodeView } from '../domain/view.ts';
import { createBreather } from './breather.ts';
import { FAMILIES, familyHead } from './metrics-table.ts';
import { createNodeRenderer, type NodeText } from './node-text.ts';

/** The series of all nodes as text. One thing at a time may be asked of it. */
export interface FleetText {
  /** Renders what has changed since the last time. */
  update(views: readonly NodeView[]): Promise<void>;
  /** Another number after each change of the text, also when an update was broken off. */
  edition(): number;
  /** Whether it shows these views already, the very same objects. */
  shows(views: readonly NodeView[]): boolean;
  /** All of it in pieces; those that did not change are the ones of last time. */
  join(): Promise<readonly Buffer[]>;
}

interface Target {
  readonly name: string;
  view: NodeView | undefined;
  text: NodeText | undefined;
}

/** A family's lines of some neighbouring nodes. */
interface Segment {
  readonly family: number;
  readonly targets: readonly Target[];
  isDirty: boolean;
  bytes: Buffer;
}

/** Joined in one go. */
const NODES_PER_SEGMENT = 100;
const MAX_BLOCKING_MS = 4;
const HEADS = FAMILIES.map((family) => Buffer.from(familyHead(family)));

/** No text yet. What is long to make is made in turns. */
export function createFleetText(): FleetText {
  const render = createNodeRenderer();
  let targets: readonly Target[] = [];
  /** Those of a family stand together, in the order of the families. */
  let segments: readonly Segment[] = [];
  let edition = 0;

  async function update(views: readonly NodeView[]): Promise<void> {
    const breathe = createBreather(MAX_BLOCKING_MS);
    arrange(views);
    for (const [index, view] of views.entries()) {
      const target = targets[index];
      if (target === undefined || target.view === view) continue;
      const text = await render(view, target.text);
      soil(index, target.text, text);
      target.view = view;
      target.text = text;
      await breathe();
    }
  }

  function shows(views: readonly NodeView[]): boolean {
    return views.length === targets.length && views.every((view, index) => targets[index]?.view === view);
  }

  /** Puts targets and segments in the order of the views. */
  function arrange(views: readonly NodeView[]): void {
    const names = views.map(({ snapshot }) => snapshot.node.name);
    if (names.length === targets.length && names.every((name, index) => targets[index]?.name === name)) return;
    const known = new Map(targets.map((target) => [target.name, target]));
    targets = names.map((name) => known.get(name) ?? { name, view: undefined, text: undefined });
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

  function soil(index: number, before: NodeText | undefined, after: NodeText): void {
    const perFamily = segments.length / FAMILIES.length;
    const place = Math.floor(index / NODES_PER_SEGMENT);
    after.families.forEach((text, family) => {
      const segment = segments[family * perFamily + place];
      if (segment === undefined || text === before?.families[family]) return;
      segment.isDirty = true;
      edition += 1;
    });
  }

  async function join(): Promise<readonly Buffer[]> {
    const breathe = createBreather(MAX_BLOCKING_MS);
    for (const segment of segments) {
      if (!segment.isDirty) continue;
      segment.bytes = Buffer.from(segment.targets.map(({ text }) => text?.families[segment.family] ?? '').join(''));
      segment.isDirty = false;
      await breathe();
    }
    const shown = segments.filter(({ bytes }) => bytes.length > 0);
    return shown.flatMap(({ family, bytes }, index) => {
      const head = HEADS[family];
      return head === undefined || shown[index - 1]?.family === family ? [bytes] : [head, bytes];
    });
  }

  return { update, edition: () => edition, shows, join };
}
