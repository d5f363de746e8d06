import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { COLOURS } from './colours.ts';
import type { Builder } from './links.ts';
import { byProcess, ofExporter, ofProcess } from './promql.ts';
import { DATASOURCE } from './variables.ts';

interface Marks {
  readonly name: string;
  readonly colour: string;
  /** Marks are where this is above 0, or at the milliseconds since the epoch that are its value. */
  readonly expr: string;
  readonly at: 'above 0' | 'its value';
  readonly title: string;
  readonly text: string;
}

function marks({ name, colour, expr, at, title, text }: Marks): Builder<AnnotationQuery> {
  const annotation = new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(colour)
    .expr(expr)
    .step('15s')
    .useValueForTime(at === 'its value')
    .titleFormat(title)
    .textFormat(text);
  // Without `placement` Grafana shows the switch above the dashboard. The SDK sets a menu and has no value for this place.
  const { placement: _, ...shown } = annotation.build();
  return { build: () => shown };
}

/** Marks where the state of a process changed, at the exact time. */
export function statusChanges(): Builder<AnnotationQuery> {
  return marks({
    name: 'Status changes',
    colour: COLOURS.purple,
    expr: `1000 * ${byProcess(ofProcess('genesis_process_last_status_change_timestamp_seconds'))}`,
    at: 'its value',
    title: 'Status changed',
    text: '{{process}} on {{genesis_node}}',
  });
}

/** Marks where an exporter loaded its configuration, at its start or at a reload. */
export function reloads(): Builder<AnnotationQuery> {
  return marks({
    name: 'Reloads',
    colour: COLOURS.sky,
    expr: `1000 * ${ofExporter('genesis_exporter_config_last_reload_success_timestamp_seconds')}`,
    at: 'its value',
    title: 'Configuration loaded',
    text: '{{instance}}',
  });
}

/** Marks the time in which an exporter uses an older configuration because it rejected the last one. */
export function refusedReloads(): Builder<AnnotationQuery> {
  return marks({
    name: 'Refused configurations',
    colour: COLOURS.orange,
    expr: `1 - ${ofExporter('genesis_exporter_config_last_reload_successful')}`,
    at: 'above 0',
    title: 'Configuration refused, the old one is in force',
    text: '{{instance}}',
  });
}
