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
  /** How each series is called, from its labels as `{{process}}`. */
  readonly legend?: string;
}

/** What every panel is made from. */
export interface PanelSpec {
  readonly title: string;
  /** What the panel answers, ending in a question mark: the first sentence of its description. */
  readonly question: string;
  /** What a reader should know beside. */
  readonly explanation?: string;
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Columns, of 24. */
  readonly width: number;
  /** Rows of about 30 pixels. */
  readonly height: number;
  /** Numbers that are shown as words. */
  readonly words?: readonly Word[];
  /** From which value on another colour counts; grey where there is none, else blue, unless given. */
  readonly thresholds?: readonly Threshold[];
  readonly links?: readonly Builder<DashboardLink>[];
  readonly min?: number;
  readonly max?: number;
  /** Shown in place of no data. */
  readonly noValue?: string;
}

/** What the builders of all panels have in common. */
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

/** Grey where there is no value, blue from 0 on. */
const BLUE: readonly Threshold[] = [
  { value: null, color: COLOURS.grey },
  { value: 0, color: COLOURS.blue },
];

/** Blue up to `warning`, then orange, and purple from `urgent` on if that is given; grey where there is no value. */
export function risingTo(warning: number, urgent?: number): readonly Threshold[] {
  const orange = { value: warning, color: COLOURS.orange };
  return [...BLUE, orange, ...(urgent === undefined ? [] : [{ value: urgent, color: COLOURS.purple }])];
}

/** Days that are left: purple below `urgent`, also when they are over, orange below `warning`, then blue; values in seconds. */
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

/** One target for each query, without saying yet whether it asks for a moment or a range. */
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

/** Gives a panel all that its specification says, but for what only its kind has. */
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
