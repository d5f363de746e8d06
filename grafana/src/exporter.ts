import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { refusedReloads, reloads } from './annotations.ts';
import { buildDashboard } from './dashboard.ts';
import { exporterLoop, exporterNow, exporterStorage } from './exporter-health.ts';
import { exporterHttp, exporterRuntime } from './exporter-runtime.ts';
import { UIDS } from './links.ts';
import { exporterVariables } from './variables.ts';

/** The dashboard of the exporters themselves. */
export function exporterDashboard(): Dashboard {
  return buildDashboard({
    uid: UIDS.exporter,
    title: 'Genesis / Exporter',
    description:
      'The exporters themselves: their loop, configuration, discovery, database, HTTP, memory and event loop.',
    since: '3h',
    variables: exporterVariables(),
    annotations: [reloads(), refusedReloads()],
    sections: [exporterNow(), exporterLoop(), exporterStorage(), exporterHttp(), exporterRuntime()],
  });
}
