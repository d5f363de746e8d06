import { readdirSync, readFileSync } from 'node:fs';

/** A variable, annotation, target or panel as Grafana will read it: what the tests look at. */
export interface Variable {
  name: string;
  label?: string;
  type: string;
  query?: string;
  datasource?: { uid: string };
  multi: boolean;
  includeAll: boolean;
  allValue?: string;
  refresh?: number;
}

/** One query of a panel. */
export interface Target {
  refId: string;
  expr: string;
  datasource?: { type: string; uid: string };
}

/** A panel, or a row between panels. */
export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  datasource?: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: Target[];
  fieldConfig?: { defaults: { unit?: string; thresholds?: { steps: unknown[] } } };
}

/** A dashboard as it is committed. */
export interface DashboardFile {
  uid: string;
  title: string;
  editable: boolean;
  tags: string[];
  panels: Panel[];
  templating: { list: Variable[] };
  annotations: { list: { name: string; expr: string; datasource: { uid: string } }[] };
}

const FOLDER = new URL('../../grafana/dashboards/', import.meta.url);

/** Paths of the committed dashboards. */
export const DASHBOARD_PATHS: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => new URL(name, FOLDER).pathname);

/** The committed dashboards, read anew: a test may change what it gets. */
export function readDashboards(): DashboardFile[] {
  return DASHBOARD_PATHS.map((path): DashboardFile => JSON.parse(readFileSync(path, 'utf8')));
}

/** The panels of a dashboard without its rows. */
export function panelsOf({ panels }: DashboardFile): Panel[] {
  return panels.filter(({ type }) => type !== 'row');
}

/** Every expression of a dashboard, of panels and annotations, with the place where it stands. */
export function expressionsOf(dashboard: DashboardFile): { place: string; expr: string }[] {
  const ofPanels = panelsOf(dashboard).flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ place: `${dashboard.title}: ${title} ${refId}`, expr })),
  );
  const ofAnnotations = dashboard.annotations.list.map(({ name, expr }) => ({
    place: `${dashboard.title}: annotation ${name}`,
    expr,
  }));
  return [...ofPanels, ...ofAnnotations];
}
