import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { reloads, statusChanges } from './annotations.ts';
import { buildDashboard } from './dashboard.ts';
import { UIDS } from './links.ts';
import { nodeEvidence } from './node-evidence.ts';
import { nodeLmdb } from './node-lmdb.ts';
import { nodeNow } from './node-now.ts';
import { nodeProcesses } from './node-processes.ts';
import { nodeVariables } from './variables.ts';

/** The dashboard of one or several nodes and their processes. */
export function nodeDashboard(): Dashboard {
  return buildDashboard({
    uid: UIDS.node,
    title: 'Genesis / Node',
    description:
      'One Genesis node: its verdict, its processes, their LMDB stores and the evidence. Choose a process to see it alone.',
    since: '1h',
    variables: nodeVariables(),
    annotations: [statusChanges(), reloads()],
    sections: [nodeNow(), nodeProcesses(), nodeLmdb(), nodeEvidence()],
  });
}
