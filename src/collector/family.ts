import type { NodeView, ProcessView } from '../domain/view.ts';

/** One value of a family, with the labels that tell it from the other series of its node or process. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

interface FamilyHead {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  /** Labels beside `genesis_node` and `process`. */
  readonly labels: readonly string[];
}

/** A metric family with samples of each process. */
export interface ProcessFamily extends FamilyHead {
  readonly scope: 'process';
  readonly samples: (process: ProcessView, view: NodeView) => readonly Sample[];
}

/** A metric family with samples of each node. */
export interface NodeFamily extends FamilyHead {
  readonly scope: 'node';
  readonly samples: (view: NodeView) => readonly Sample[];
}

/** A metric family that is calculated from a node's view. */
export type Family = ProcessFamily | NodeFamily;

/** One sample, or none for a value that is not known. */
export function known(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ value }];
}

/** One sample of 1 or 0, or none for a value that is not known. */
export function knownFlag(value: boolean | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ value: value ? 1 : 0 }];
}

/** Converts milliseconds to seconds, the unit of metrics; undefined stays undefined. */
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
