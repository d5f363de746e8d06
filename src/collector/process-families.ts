import { PROCESS_STATES } from '../domain/process-state.ts';
import { known, knownFlag, type ProcessFamily, seconds } from './family.ts';

const STATUS_LABELS = new Map(PROCESS_STATES.map((state) => [state, { status: state }]));

/** What is known of each process: verdict, report, declaration. */
export const PROCESS_FAMILIES: readonly ProcessFamily[] = [
  {
    name: 'genesis_process_status',
    type: 'gauge',
    scope: 'process',
    labels: ['status'],
    help: 'State of the process, one series per state, exactly one of them is 1 (cached result of the latest probe).',
    samples: ({ state }) => [...STATUS_LABELS].map(([name, labels]) => ({ labels, value: name === state ? 1 : 0 })),
  },
  {
    name: 'genesis_process_healthy',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'Whether the process is in a healthy state, 1 or 0 (cached result of the latest probe).',
    samples: ({ healthy, reason }) => knownFlag(reason === 'pending' ? undefined : healthy),
  },
  {
    name: 'genesis_process_unhealthy_reason',
    type: 'gauge',
    scope: 'process',
    labels: ['reason'],
    help: 'Why the process is not healthy, 1 for the reason in force; no series while it is healthy (cached).',
    samples: ({ healthy, reason }) => (healthy || reason === undefined ? [] : [{ labels: { reason }, value: 1 }]),
  },
  {
    name: 'genesis_process_port',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'TCP port of the process as reported, else as last known or declared (cached).',
    samples: ({ port }) => known(port),
  },
  {
    name: 'genesis_process_declared_port',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'TCP port that the configuration declares for the process.',
    samples: ({ declared }) => known(declared?.port),
  },
  {
    name: 'genesis_process_info',
    type: 'gauge',
    scope: 'process',
    labels: ['group', 'primary_only'],
    help: 'What the configuration declares of the process; always 1.',
    samples: ({ declared }) =>
      declared === undefined
        ? []
        : [{ labels: { group: declared.group, primary_only: String(declared.primaryOnly) }, value: 1 }],
  },
  {
    name: 'genesis_process_expected',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'Whether the configuration declares that the process should run, 1 or 0; absent on nodes without declarations.',
    samples: ({ declared }, { snapshot }) =>
      knownFlag(snapshot.node.declared.size === 0 ? undefined : (declared?.expected ?? false)),
  },
  {
    name: 'genesis_process_reported',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'Whether the process is in the latest health answer of Genesis, 1 or 0; absent without a good answer (cached).',
    samples: ({ reported }) => knownFlag(reported),
  },
  {
    name: 'genesis_process_lmdb_used_ratio',
    type: 'gauge',
    scope: 'process',
    labels: ['store'],
    help: 'Used share of an LMDB store, 0 to 1 in whole per cents, as the process last said in its message (cached).',
    samples: ({ lmdb }) => perStore(lmdb.map(({ usedRatio }) => usedRatio)),
  },
  {
    name: 'genesis_process_lmdb_size_bytes',
    type: 'gauge',
    scope: 'process',
    labels: ['store'],
    help: 'Total size of an LMDB store, as the process last said in its message; 1 GB is 2^30 bytes (cached).',
    samples: ({ lmdb }) => perStore(lmdb.map(({ totalBytes }) => totalBytes)),
  },
  {
    name: 'genesis_process_status_changes_total',
    type: 'counter',
    scope: 'process',
    labels: [],
    help: 'Changes of the state of the process from one known state to another; times without evidence do not count.',
    samples: ({ name }, { snapshot }) => known(snapshot.histories.get(name)?.changes),
  },
  {
    name: 'genesis_process_last_status_change_timestamp_seconds',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'When the state of the process last changed, seconds since the epoch; absent until the first change.',
    samples: ({ name }, { snapshot }) => known(seconds(snapshot.histories.get(name)?.lastChangeAtMs)),
  },
];

function perStore(values: readonly (number | undefined)[]): readonly { labels: { store: string }; value: number }[] {
  return values.flatMap((value, store) => (value === undefined ? [] : [{ labels: { store: String(store) }, value }]));
}
