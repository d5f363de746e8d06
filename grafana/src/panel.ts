import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import {
  type DashboardLink,
  type Panel,
  type Threshold,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type Dataquery, DataqueryBuilder, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';
import { COLOURS } from './colours.ts';
import type { Builder } from './links.ts';
import { DATASOURCE } from './variables.ts';
import { mapping, type Word } from './words.ts';

/** One query of a panel. */
export interface Query {
  readonly expr: string;
  /** Legend of each series, with labels such as `{{process}}`. */
  readonly legend?: string;
}

/** The common specification of all panels. */
export interface PanelSpec {
  readonly title: string;
  /** The question that the panel answers, with a question mark. It is the first sentence of the description. */
  readonly question: string;
  /** Further text for the description. */
  readonly explanation?: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Width in columns; a dashboard has 24. */
  readonly width: number;
  /** Height in rows of about 30 pixels. */
  readonly height: number;
  /** Numbers that are shown as words. */
  readonly words?: readonly Word[];
  /** Colours by value. Default: grey without a value, blue otherwise. */
  readonly thresholds?: readonly Threshold[];
  readonly links?: readonly Builder<DashboardLink>[];
  readonly min?: number;
  readonly max?: number;
  /** Shown when there is no data. */
  readonly noValue?: string;
}

/** The common methods of all panel builders. */
export interface PanelBuilder extends Builder<Panel> {
  id(id: number): this;
  title(title: string): this;
  description(description: string): this;
  datasource(datasource: DataSourceRef): this;
  unit(unit: string): this;
  span(width: number): this;
  height(height: number): this;
  min(min: number): this;
  max(max: number): this;
  noValue(noValue: string): this;
  mappings(mappings: ValueMapping[]): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  targets(targets: Builder<Dataquery>[]): this;
}

/** Grey without a value, blue from 0. */
const BLUE: readonly Threshold[] = [
  { value: null, color: COLOURS.grey },
  { value: 0, color: COLOURS.blue },
];

/** Blue below `warning`, orange from `warning`, purple from `urgent` if given; grey without a value. */
export function risingTo(warning: number, urgent?: number): readonly Threshold[] {
  const orange = { value: warning, color: COLOURS.orange };
  return [...BLUE, orange, ...(urgent === undefined ? [] : [{ value: urgent, color: COLOURS.purple }])];
}

/** Remaining time: purple below `urgent` days and when it is negative, orange below `warning` days, blue otherwise. Values are in seconds. */
export function daysLeft(urgent: number, warning: number): readonly Threshold[] {
  const daySeconds = 86_400;
  return [
    { value: null, color: COLOURS.grey },
    { value: -1e12, color: COLOURS.purple },
    { value: urgent * daySeconds, color: COLOURS.orange },
    { value: warning * daySeconds, color: COLOURS.blue },
  ];
}

/** Name of the query at a place: A, B, C ... */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** One target for each query. The caller makes it an instant or a range query. */
export function targetsOf(queries: readonly Query[]): DataqueryBuilder[] {
  return queries.map(({ expr, legend }, index) => {
    const target = new DataqueryBuilder()
      .datasource(DATASOURCE)
      .editorMode(QueryEditorMode.Code)
      .expr(expr)
      .refId(refId(index));
    return legend === undefined ? target : target.legendFormat(legend);
  });
}

/** Applies the common specification to a panel. */
export function dress<B extends PanelBuilder>(panel: B, spec: PanelSpec, targets: DataqueryBuilder[]): B {
  const { words, links, min, max, noValue } = spec;
  const steps = spec.thresholds ?? BLUE;
  panel
    .title(spec.title)
    .description([spec.question, spec.explanation].filter((text) => text !== undefined).join(' '))
    .datasource(DATASOURCE)
    .unit(spec.unit)
    .span(spec.width)
    .height(spec.height)
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]))
    .targets(targets);
  if (words !== undefined) panel.mappings([mapping(words)]);
  if (links !== undefined) panel.dataLinks([...links]);
  if (min !== undefined) panel.min(min);
  if (max !== undefined) panel.max(max);
  if (noValue !== undefined) panel.noValue(noValue);
  return panel;
}
