import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { exporterDashboard } from './exporter.ts';
import { fleetDashboard } from './fleet.ts';
import { nodeDashboard } from './node.ts';

/** Every dashboard by the name of its file in `grafana/dashboards/`, without the `.json`. */
export const DASHBOARDS: Readonly<Record<string, () => Dashboard>> = {
  fleet: fleetDashboard,
  node: nodeDashboard,
  exporter: exporterDashboard,
};
