import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { COLOURS } from './colours.ts';
import { dress, type PanelSpec, targetsOf } from './panel.ts';

/** Options of a graph. */
export interface GraphSpec extends PanelSpec {
  /** Stacked areas or bars instead of lines. */
  readonly stacked?: 'areas' | 'bars';
  /** The colour whose shades the series have; names and values stand in the legend. Blue unless given. */
  readonly shadesOf?: string;
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder().showLegend(true).placement(LegendPlacement.Bottom);
}

function tooltip(): VizTooltipOptionsBuilder {
  return new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending);
}

function byThreshold(): FieldColorBuilder {
  return new FieldColorBuilder().mode(FieldColorModeId.Thresholds);
}

function lastValue(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields('');
}

/** Values of now, large, each on a tile with its name unless there is but one. */
export function statPanel(spec: PanelSpec, textMode = BigValueTextMode.Auto): stat.PanelBuilder {
  const targets = targetsOf(spec.queries).map((target) => target.instant());
  return dress(new stat.PanelBuilder(), spec, targets)
    .colorScheme(byThreshold())
    .colorMode(BigValueColorMode.BackgroundSolid)
    .graphMode(BigValueGraphMode.None)
    .textMode(textMode)
    .orientation(VizOrientation.Auto)
    .reduceOptions(lastValue());
}

/** Values of now as bars, the first of the query on top. */
export function barPanel(spec: PanelSpec): bargauge.PanelBuilder {
  const targets = targetsOf(spec.queries).map((target) => target.instant());
  return dress(new bargauge.PanelBuilder(), spec, targets)
    .colorScheme(byThreshold())
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .namePlacement(BarGaugeNamePlacement.Left)
    .sizing(BarGaugeSizing.Auto)
    .showUnfilled(true)
    .reduceOptions(lastValue());
}

/** Values over time. */
export function graphPanel(spec: GraphSpec): timeseries.PanelBuilder {
  const { stacked, shadesOf = COLOURS.blue } = spec;
  const targets = targetsOf(spec.queries).map((target) => target.range());
  const panel = dress(new timeseries.PanelBuilder(), { min: 0, ...spec }, targets)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Shades).fixedColor(shadesOf))
    .showPoints(VisibilityMode.Auto)
    .fillOpacity(stacked === undefined ? 0 : 80)
    .lineWidth(stacked === undefined ? 2 : 0)
    .legend(legend().displayMode(LegendDisplayMode.Table).calcs(['lastNotNull', 'max']).sortBy('Last *').sortDesc(true))
    .tooltip(tooltip());
  if (stacked === undefined) return panel;
  return panel
    .drawStyle(stacked === 'bars' ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'));
}

/** The states of each series over time, in words. */
export function timelinePanel(spec: PanelSpec): statetimeline.PanelBuilder {
  const targets = targetsOf(spec.queries).map((target) => target.range());
  return dress(new statetimeline.PanelBuilder(), spec, targets)
    .colorScheme(byThreshold())
    .mergeValues(true)
    .showValue(VisibilityMode.Auto)
    .rowHeight(0.85)
    .lineWidth(0)
    .fillOpacity(80)
    .legend(legend().displayMode(LegendDisplayMode.List))
    .tooltip(tooltip());
}
