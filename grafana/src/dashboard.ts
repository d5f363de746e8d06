import {
  type AnnotationQuery,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type Builder, siblings, TAG } from './links.ts';
import type { PanelBuilder } from './panel.ts';

/** Panels under one heading, laid out from left to right in lines of 24 columns. */
export interface Section {
  readonly title: string;
  readonly panels: readonly PanelBuilder[];
}

/** The specification of a dashboard. */
export interface DashboardSpec {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** The default time range, such as `3h`. */
  readonly since: string;
  readonly variables: readonly Builder<VariableModel>[];
  readonly annotations: readonly Builder<AnnotationQuery>[];
  readonly sections: readonly Section[];
}

/** Builds the dashboard of a specification. It is read-only in Grafana: change it here. */
export function buildDashboard(spec: DashboardSpec): Dashboard {
  const dashboard = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags([TAG])
    .readonly()
    .refresh('30s')
    .time({ from: `now-${spec.since}`, to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([...spec.variables])
    .annotations([...spec.annotations])
    .links([siblings()]);
  let id = 0;
  for (const { title, panels } of spec.sections) {
    id += 1;
    dashboard.withRow(new RowBuilder(title).id(id));
    for (const panel of panels) {
      id += 1;
      dashboard.withPanel(panel.id(id));
    }
  }
  return dashboard.build();
}
