import { zeroConfig } from '../src/config/zero-config.ts';
import type { GenesisNode } from '../src/domain/node.ts';
import { recordUpdate } from '../src/domain/record.ts';
import { emptySnapshot, type NodeSnapshot } from '../src/domain/snapshot.ts';
import { type NodeView, viewNode } from '../src/domain/view.ts';
import { parseHealthBody } from '../src/genesis/health-body.ts';
import { SAMPLE_PROCESSES } from '../src/stand-in/sample-processes.ts';

/** A node that is probed without a network: each cycle gives it another view. */
export interface SyntheticNode {
  /** A cycle in which all was well; its durations differ from those of the one before. */
  cycle(): NodeView;
}

const BODY = JSON.stringify(
  SAMPLE_PROCESSES.map(({ name, port, message = '' }) => ({
    PROCESS_NAME: name,
    STATUS: 'UP',
    MESSAGE: message,
    PORT: port,
  })),
);
const INTERVAL_MS = 15_000;

/** A node of eight processes that has not been probed yet. */
export function createSyntheticNode(name: string): SyntheticNode {
  const { config } = zeroConfig({ nodeName: name }, 'bench');
  const settings = config.nodes[0];
  if (settings === undefined) throw new Error('no node');
  const node: GenesisNode = { ...settings.node, connectProcesses: 'all' };
  let snapshot: NodeSnapshot = emptySnapshot(node);
  let cycles = 0;

  function cycle(): NodeView {
    cycles += 1;
    const startedMs = cycles * INTERVAL_MS;
    const timing = { startedMs, finishedAtMs: 1.7e12 + startedMs, durationMs: 1 + Math.sin(cycles) };
    const body = parseHealthBody(BODY, { statusAliases: node.statusAliases, maxProcesses: 1000 });
    if (body.kind === 'failure') throw new Error(body.detail);
    const { report } = body;
    const connects = new Map(
      report.processes.map(({ name: process, port = 0 }) => {
        const place = { host: node.address, port };
        return [process, { ...place, outcome: 'ok' as const, detail: '', certNotAfterMs: undefined, timing }];
      }),
    );
    const health = { kind: 'good', statusCode: 200, report, timing } as const;
    const at = { monotonicMs: startedMs, wallMs: timing.finishedAtMs };
    snapshot = recordUpdate(snapshot, { health, connects }, at).snapshot;
    return viewNode(snapshot, startedMs);
  }

  return { cycle };
}
