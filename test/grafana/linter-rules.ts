import * as units from '@grafana/grafana-foundation-sdk/units';
import { fillIn, type Selector, selectorsOf, syntaxErrors } from './promql.ts';
import {
  type DashboardFile,
  expressionsOf,
  type Panel,
  panelsOf,
  type Target,
  type Variable,
} from './read-dashboards.ts';

/** A rule of Grafana's dashboard-linter. */
export interface LinterRule {
  /** As the linter calls it. */
  readonly name: string;
  /** What breaks it, in words. */
  readonly find: (dashboard: DashboardFile) => readonly string[];
  /** Breaks it once. */
  readonly spoil: (dashboard: DashboardFile) => void;
}

const KNOWN_UNITS: ReadonlySet<unknown> = new Set(Object.values(units));
const VARIABLE_FUNCTION = /^label_values\((.+), (\w+)\)$/;

function variable({ templating }: DashboardFile, name: string): Variable | undefined {
  return templating.list.find((one) => one.name === name);
}

/** The first of something of which there must be one. */
function first<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined) throw new Error('there is none');
  return value;
}

function panelsThat(isBroken: (panel: Panel) => boolean): LinterRule['find'] {
  return (dashboard) => panelsOf(dashboard).flatMap((panel) => (isBroken(panel) ? [panel.title] : []));
}

function selectorsThat(isBroken: (selector: Selector) => boolean): LinterRule['find'] {
  return (dashboard) =>
    expressionsOf(dashboard).flatMap(({ place, expr }) =>
      selectorsOf(expr).flatMap((selector) => (isBroken(selector) ? [`${place}: ${selector.metric}`] : [])),
    );
}

function spoilVariable(name: string, change: Partial<Variable>): LinterRule['spoil'] {
  return (dashboard) => Object.assign(variable(dashboard, name) ?? {}, change);
}

function spoilPanel(change: Partial<Panel>): LinterRule['spoil'] {
  return (dashboard) => Object.assign(first(panelsOf(dashboard)), change);
}

function spoilTarget(change: (target: Target) => Partial<Target>): LinterRule['spoil'] {
  return (dashboard) => {
    const target = first(first(panelsOf(dashboard)).targets ?? []);
    Object.assign(target, change(target));
  };
}

function templated(name: 'job' | 'instance', label: string): LinterRule {
  return {
    name: `template-${name}-rule`,
    find(dashboard) {
      const found = variable(dashboard, name);
      const { type, multi, allValue, datasource } = found ?? {};
      const isGood = type === 'query' && multi && allValue === '.+' && datasource?.uid === '$datasource';
      return isGood && found?.label === label ? [] : [JSON.stringify(found)];
    },
    spoil: spoilVariable(name, { allValue: '.*' }),
  };
}

function matched(name: 'job' | 'instance'): LinterRule {
  return {
    name: `target-${name}-rule`,
    find: selectorsThat(({ matchers }) => !matchers.includes(`${name}=~"$${name}"`)),
    spoil: spoilTarget(({ expr }) => ({ expr: expr.replace(`${name}=~"$${name}"`, `${name}="a"`) })),
  };
}

/** The linter's rules, each at least as strict as there: all kinds of panels, and annotations too. */
export const LINTER_RULES: readonly LinterRule[] = [
  {
    name: 'template-datasource-rule',
    find({ templating }) {
      const sources = templating.list.filter(({ type }) => type === 'datasource');
      const isGood = sources.every(({ name, label }) => name === 'datasource' && label === 'Data source');
      return isGood && sources.length === 1 ? [] : [JSON.stringify(sources)];
    },
    spoil: spoilVariable('datasource', { label: 'Source' }),
  },
  templated('job', 'Job'),
  templated('instance', 'Instance'),
  {
    name: 'template-label-promql-rule',
    find: ({ templating }) =>
      templating.list.flatMap(({ type, name, query = '' }) => {
        const [, series = '', label] = VARIABLE_FUNCTION.exec(query) ?? [];
        if (type !== 'query') return [];
        return label === name && syntaxErrors(fillIn(series)).length === 0 ? [] : [`${name}: ${query}`];
      }),
    spoil: spoilVariable('instance', { query: 'label_values(genesis_exporter_build_info{, instance)' }),
  },
  {
    name: 'template-on-time-change-reload-rule',
    find: ({ templating }) =>
      templating.list.filter(({ type, refresh }) => type === 'query' && refresh !== 2).map(({ name }) => name),
    spoil: spoilVariable('job', { refresh: 1 }),
  },
  {
    name: 'panel-datasource-rule',
    find: panelsThat(({ datasource }) => datasource?.type !== 'prometheus' || datasource.uid !== '$datasource'),
    spoil: spoilPanel({ datasource: { type: 'prometheus', uid: 'mine' } }),
  },
  {
    name: 'panel-title-description-rule',
    find: panelsThat(({ title, description = '' }) => title === '' || description === ''),
    spoil: spoilPanel({ description: '' }),
  },
  {
    name: 'panel-units-rule',
    find: panelsThat(({ fieldConfig }) => !KNOWN_UNITS.has(fieldConfig?.defaults.unit)),
    spoil: spoilPanel({ fieldConfig: { defaults: { unit: 'seconds' } } }),
  },
  {
    name: 'panel-no-targets-rule',
    find: panelsThat(({ targets = [] }) => targets.length === 0),
    spoil: spoilPanel({ targets: [] }),
  },
  {
    name: 'target-logql-rule, target-logql-auto-rule: no target asks Loki',
    find: panelsThat(({ targets = [] }) => targets.some(({ datasource }) => datasource?.type !== 'prometheus')),
    spoil: spoilTarget(() => ({ datasource: { type: 'loki', uid: '$datasource' } })),
  },
  {
    name: 'target-promql-rule',
    find: (dashboard) =>
      expressionsOf(dashboard).flatMap(({ place, expr }) =>
        expr === ''
          ? [place]
          : syntaxErrors(fillIn(expr))
              .map((error) => `${place}: ${error}`)
              .slice(0, 1),
      ),
    spoil: spoilTarget(({ expr }) => ({ expr: `${expr} )` })),
  },
  {
    name: 'target-rate-interval-rule',
    find: selectorsThat(
      ({ range, calledBy = '' }) => ['rate', 'irate', 'increase'].includes(calledBy) && range !== '$__rate_interval',
    ),
    spoil: spoilTarget(() => ({ expr: 'rate(a{job=~"$job", instance=~"$instance"}[5m])' })),
  },
  matched('job'),
  matched('instance'),
  {
    name: 'target-counter-agg-rule',
    find: selectorsThat(
      ({ metric, calledBy = '' }) => metric.endsWith('_total') && !['rate', 'irate', 'increase'].includes(calledBy),
    ),
    spoil: spoilTarget(() => ({ expr: 'a_total{job=~"$job", instance=~"$instance"}' })),
  },
  {
    name: 'uneditable-dashboard',
    find: ({ editable }) => (editable ? ['editable'] : []),
    spoil: (dashboard) => Object.assign(dashboard, { editable: true }),
  },
];
