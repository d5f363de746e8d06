import type { NodeView, ProcessView } from '../domain/view.ts';

/** One value of a family, with the labels that are not shared by all series of its node or process. */
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

/** A metric family with one set of samples for each process. */
export interface ProcessFamily extends FamilyHead {
  readonly scope: 'process';
  readonly samples: (process: ProcessView, view: NodeView) => readonly Sample[];
}

/** A metric family with one set of samples for each node. */
export interface NodeFamily extends FamilyHead {
  readonly scope: 'node';
  readonly samples: (view: NodeView) => readonly Sample[];
}

/** A metric family whose samples are made from a node's view. */
export type Family = ProcessFamily | NodeFamily;

/** The sample of a value, or none when it is not known. */
export function known(value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ value }];
}

/** The sample of something that is true or false, or none when it is not known. */
export function knownFlag(value: boolean | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ value: value ? 1 : 0 }];
}

/** Seconds, the unit of metrics, from milliseconds; undefined stays so. */
export function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
