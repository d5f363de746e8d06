import { isoText } from '../domain/instant.ts';
import type { NodeView } from '../domain/view.ts';
import type { NodeInfo } from '../page/nodes-answer.ts';
import { type NodeInfoDeps, nodeInfo } from './api-node-info.ts';

/** Node infos, each with the version it has for as long as its node does not change. */
export interface NodeVersions {
  /** The latest version given; what has a higher one later has changed since. */
  readonly latest: () => number;
  /** The same object for the same view, once its last day is known. */
  readonly infoOf: (view: NodeView) => NodeInfo;
}

/** Counts versions up from 1. A view stays the same object until something of its node changes; maintenance begins and ends without a new view. */
export function createNodeVersions(deps: NodeInfoDeps): NodeVersions {
  const infos = new WeakMap<NodeView, NodeInfo>();
  let latest = 0;

  function infoOf(view: NodeView): NodeInfo {
    const known = infos.get(view);
    const isDayNew = known?.lastDay === null && deps.lastDays.isKnown(view);
    const until = deps.maintenanceOf(view.snapshot.node)?.untilMs;
    const isSame = known?.maintenance?.until === (until === undefined ? undefined : isoText(until));
    if (known !== undefined && !isDayNew && isSame) return known;
    latest += 1;
    const info = nodeInfo(view, latest, deps);
    infos.set(view, info);
    return info;
  }

  return { latest: () => latest, infoOf };
}
