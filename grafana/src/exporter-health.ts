import type { Section } from './dashboard.ts';
import { graphPanel, statPanel } from './graphs.ts';
import type { PanelBuilder, PanelSpec } from './panel.ts';
import { exporterUp, ofExporter, perMinute, sinceExporterTime } from './promql.ts';
import { tablePanel } from './tables.ts';
import { yesNo } from './words.ts';

const INSTANCE = '{{instance}}';
const THIRD = { width: 8, height: 8 } as const;

function tile(spec: Omit<PanelSpec, 'width' | 'height' | 'queries'>, expr: string): PanelBuilder {
  return statPanel({ noValue: 'no data', ...spec, queries: [{ expr, legend: INSTANCE }], width: 4, height: 4 });
}

/** Whether the exporters run, and which versions. */
export function exporterNow(): Section {
  return {
    title: 'Now',
    panels: [
      tile(
        {
          title: 'Scrape',
          question: 'Can Prometheus scrape the exporter?',
          unit: 'none',
          words: yesNo('ok', 'fails'),
        },
        exporterUp(),
      ),
      tile(
        {
          title: 'Loop heartbeat',
          question: 'Does the loop beat, so that none of its nodes is stuck?',
          explanation: 'It beats every second; after 30 s without a beat /-/healthy answers 503.',
          unit: 'none',
          words: yesNo('beats', 'stuck'),
        },
        `changes(${ofExporter('genesis_exporter_loop_heartbeat_timestamp_seconds')}[3m]) > bool 0`,
      ),
      tile(
        { title: 'Nodes', question: 'How many nodes does it watch?', unit: 'none' },
        ofExporter('genesis_exporter_nodes'),
      ),
      tile(
        {
          title: 'Configuration',
          question: 'Is the configuration in force the one that was given last?',
          unit: 'none',
          words: yesNo('in force', 'refused, the old one is in force'),
        },
        ofExporter('genesis_exporter_config_last_reload_successful'),
      ),
      tile(
        { title: 'Loaded', question: 'How long ago was the configuration loaded?', unit: 's' },
        sinceExporterTime('genesis_exporter_config_last_reload_success_timestamp_seconds'),
      ),
      tile(
        { title: 'Started', question: 'How long does it run?', unit: 's' },
        sinceExporterTime('process_start_time_seconds'),
      ),
      tablePanel({
        title: 'Versions',
        question: 'Which version runs where?',
        unit: 'none',
        queries: [{ expr: ofExporter('genesis_exporter_build_info') }],
        columns: [
          { title: 'Instance', from: 'instance' },
          { title: 'Version', from: 'version' },
          { title: 'Revision', from: 'revision' },
          { title: 'Node.js', from: 'nodejs_version' },
        ],
        sortBy: 'Instance',
        descending: false,
        width: 12,
        height: 6,
      }),
      tablePanel({
        title: 'Discovery',
        question: 'Which sources of nodes can be read, and when could they last?',
        explanation: 'A source that fails keeps its last good list. Empty without discovery.',
        unit: 'none',
        queries: [
          { expr: ofExporter('genesis_exporter_discovery_last_refresh_successful') },
          { expr: `1000 * ${ofExporter('genesis_exporter_discovery_last_refresh_success_timestamp_seconds')}` },
        ],
        columns: [
          { title: 'Last refresh', from: 0, words: yesNo('ok', 'failed') },
          { title: 'Instance', from: 'instance' },
          { title: 'Source', from: 'source' },
          { title: 'Last success', from: 1, unit: 'dateTimeAsLocalNoDateIfToday' },
        ],
        sortBy: 'Source',
        descending: false,
        noValue: '-',
        width: 12,
        height: 6,
      }),
    ],
  };
}

/** The state of an exporter's database. */
export function exporterStorage(): Section {
  return {
    title: 'Storage',
    panels: [
      tablePanel({
        title: 'Database',
        question: 'Does memory outlive each exporter, and when was it last written?',
        explanation: 'Without --storage.path memory ends with the exporter.',
        unit: 'none',
        queries: [
          { expr: ofExporter('genesis_exporter_storage_enabled') },
          { expr: `1000 * ${ofExporter('genesis_exporter_storage_last_write_success_timestamp_seconds')}` },
        ],
        columns: [
          { title: 'Instance', from: 'instance' },
          { title: 'Kept', from: 0, words: yesNo('yes', 'no') },
          { title: 'Last write', from: 1, unit: 'dateTimeAsLocalNoDateIfToday' },
        ],
        sortBy: 'Instance',
        descending: false,
        noValue: '-',
        ...THIRD,
      }),
      graphPanel({
        title: 'Database size',
        question: 'How large is the database?',
        unit: 'bytes',
        queries: [{ expr: ofExporter('genesis_exporter_storage_size_bytes'), legend: INSTANCE }],
        ...THIRD,
      }),
      graphPanel({
        title: 'Dropped records',
        question: 'Is the disk too slow for what happens?',
        unit: 'cpm',
        queries: [{ expr: perMinute(ofExporter('genesis_exporter_storage_dropped_records_total')), legend: INSTANCE }],
        ...THIRD,
      }),
    ],
  };
}

/** Whether the loop keeps up. */
export function exporterLoop(): Section {
  return {
    title: 'Loop',
    panels: [
      graphPanel({
        title: 'Missed ticks',
        question: 'Does the loop skip ticks, because the cycle before still goes on?',
        unit: 'cpm',
        queries: [{ expr: perMinute(ofExporter('genesis_exporter_missed_ticks_total')), legend: INSTANCE }],
        ...THIRD,
      }),
      graphPanel({
        title: 'Internal errors',
        question: 'Does the exporter itself fail, as by running out of file descriptors?',
        explanation: 'Its log tells of each.',
        unit: 'cpm',
        queries: [{ expr: perMinute(ofExporter('genesis_exporter_internal_errors_total')), legend: INSTANCE }],
        ...THIRD,
      }),
      graphPanel({
        title: 'Nodes watched',
        question: 'When did nodes come and go?',
        unit: 'none',
        queries: [{ expr: ofExporter('genesis_exporter_nodes'), legend: INSTANCE }],
        ...THIRD,
      }),
    ],
  };
}
