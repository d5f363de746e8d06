import { nodeInfo } from '../../src/http/api-node-info.ts';
import type { NodeInfo, ProcessInfo } from '../../src/page/nodes-answer.ts';
import { sampleView } from './example-views.ts';

/** A healthy node without processes unless changed. */
export function aNodeInfo(changes: Partial<NodeInfo> = {}): NodeInfo {
  return {
    ...nodeInfo(sampleView(), 1, {
      runbooks: 'https://wiki.example/',
      lastDays: { of: () => null, isKnown: () => false },
      maintenanceOf: () => undefined,
    }),
    name: 'trading-a',
    processes: [],
    ...changes,
  };
}

/** A process that is UP and of which there is nothing to say unless changed. */
export function aProcessInfo(changes: Partial<ProcessInfo> = {}): ProcessInfo {
  return {
    name: 'GENESIS_ROUTER',
    status: changes.state ?? 'UP',
    state: 'UP',
    healthy: true,
    acceptable: true,
    reason: null,
    since: '2026-01-01T00:00:00.000Z',
    runbook: null,
    message: '',
    port: 9017,
    declaredPort: null,
    group: '',
    primaryOnly: false,
    expected: null,
    reported: true,
    lmdb: [],
    connect: null,
    changeCount: 0,
    changes: [],
    ...changes,
  };
}
