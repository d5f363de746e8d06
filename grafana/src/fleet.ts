import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { reloads, statusChanges } from './annotations.ts';
import { buildDashboard } from './dashboard.ts';
import { fleetMap, fleetWrong } from './fleet-map.ts';
import { fleetNow } from './fleet-now.ts';
import { fleetHistory, fleetLmdb, fleetProbes } from './fleet-trends.ts';
import { UIDS } from './links.ts';
import { nodeVariables } from './variables.ts';

/** The dashboard of all nodes. */
export function fleetDashboard(): Dashboard {
  return buildDashboard({
    uid: UIDS.fleet,
    title: 'Genesis / Fleet',
    description: 'All Genesis nodes and their processes: what is wrong now, since when, and what will be next.',
    since: '3h',
    variables: nodeVariables(),
    annotations: [statusChanges(), reloads()],
    sections: [fleetNow(), fleetWrong(), fleetMap(), fleetLmdb(), fleetHistory(), fleetProbes()],
  });
}
