import type { Section } from './dashboard.ts';
import { graphPanel } from './graphs.ts';
import { ifExporter, ofExporter } from './promql.ts';

const INSTANCE = '{{instance}}';
const REQUESTS = 'genesis_exporter_http_request_duration_seconds';
const THIRD = { width: 8, height: 8 } as const;
const QUARTER = { width: 6, height: 8 } as const;

function rate(name: string): string {
  return `rate(${ofExporter(name)}[$__rate_interval])`;
}

/** A metric that other programs may have too. */
function own(name: string): string {
  return ifExporter(ofExporter(name));
}

/** How the exporter answers its clients. */
export function exporterHttp(): Section {
  return {
    title: 'HTTP',
    panels: [
      graphPanel({
        title: 'Requests',
        question: 'Who asks, how often, and what is answered?',
        explanation: 'By route and status code; unmatched paths have the route other.',
        unit: 'reqps',
        queries: [{ expr: `sum by (route, code) (${rate(`${REQUESTS}_count`)})`, legend: '{{route}} {{code}}' }],
        ...THIRD,
      }),
      graphPanel({
        title: 'Request duration',
        question: 'How long do 99 % of the requests take at most?',
        explanation: 'Estimated from five buckets: 1 ms, 10 ms, 0.1 s, 1 s, 10 s.',
        unit: 's',
        queries: [
          {
            expr: `histogram_quantile(0.99, sum by (route, le) (${rate(`${REQUESTS}_bucket`)}))`,
            legend: '{{route}}',
          },
        ],
        ...THIRD,
      }),
      graphPanel({
        title: 'Scrape duration',
        question: 'How long do the scrapes of Prometheus take?',
        unit: 's',
        queries: [{ expr: own('scrape_duration_seconds'), legend: INSTANCE }],
        ...THIRD,
      }),
    ],
  };
}

/** What the Node.js process uses. */
export function exporterRuntime(): Section {
  const memory = [
    { expr: own('process_resident_memory_bytes'), legend: `${INSTANCE} resident` },
    { expr: own('nodejs_heap_size_used_bytes'), legend: `${INSTANCE} heap used` },
    { expr: own('nodejs_external_memory_bytes'), legend: `${INSTANCE} external` },
  ];
  const lag = [
    { expr: own('nodejs_eventloop_lag_p99_seconds'), legend: `${INSTANCE} 99 %` },
    { expr: own('nodejs_eventloop_lag_mean_seconds'), legend: `${INSTANCE} mean` },
  ];
  const files = [
    { expr: own('process_open_fds'), legend: `${INSTANCE} open` },
    { expr: own('process_max_fds'), legend: `${INSTANCE} limit` },
  ];
  const collecting = ifExporter(`sum without (kind) (${rate('nodejs_gc_duration_seconds_sum')})`);
  return {
    title: 'Process',
    panels: [
      graphPanel({
        title: 'CPU',
        question: 'How much of a core does it use?',
        unit: 'percentunit',
        queries: [
          { expr: ifExporter(rate('process_cpu_seconds_total')), legend: `${INSTANCE} all` },
          { expr: collecting, legend: `${INSTANCE} collecting garbage` },
        ],
        ...QUARTER,
      }),
      graphPanel({
        title: 'Memory',
        question: 'How much memory does it use, and does that grow?',
        unit: 'bytes',
        queries: memory,
        ...QUARTER,
      }),
      graphPanel({
        title: 'Event loop lag',
        question: 'Is its event loop busy, so that probes and answers are late?',
        explanation: 'Measured every 100 ms; idle it is about 0.1 s.',
        unit: 's',
        queries: lag,
        ...QUARTER,
      }),
      graphPanel({
        title: 'File descriptors',
        question: 'Will it run out of file descriptors?',
        explanation: 'Every connect needs one.',
        unit: 'none',
        queries: files,
        ...QUARTER,
      }),
    ],
  };
}
