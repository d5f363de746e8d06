import type { Alert } from './rule.ts';

/** Alerts about the LMDB stores of a process. */
export const LMDB_ALERTS: readonly Alert[] = [
  {
    alert: 'GenesisLmdbAlmostFull',
    severity: 'warning',
    for: '10m',
    about: 'process',
    limit: { value: 0.7, min: 0, max: 1, unit: 'ratio of the store' },
    expr: 'max by (ID, genesis_node, process, store) (last_over_time(genesis_process_lmdb_used_ratio[5m])) >= LIMIT',
    summary: 'An LMDB store of a Genesis process is almost full.',
    description:
      'LMDB store {{ $labels.store }} of {{ $labels.process }} on node {{ $labels.genesis_node }} is {{ $value | humanizePercentage }} full.',
  },
  {
    alert: 'GenesisLmdbAlmostFull',
    severity: 'critical',
    for: '5m',
    about: 'process',
    limit: { value: 0.85, min: 0, max: 1, unit: 'ratio of the store' },
    expr: 'max by (ID, genesis_node, process, store) (last_over_time(genesis_process_lmdb_used_ratio[5m])) >= LIMIT',
    summary: 'An LMDB store of a Genesis process is nearly at its limit.',
    description:
      'LMDB store {{ $labels.store }} of {{ $labels.process }} on node {{ $labels.genesis_node }} is {{ $value | humanizePercentage }} full.',
  },
  {
    note: 'Genesis prints whole per cents: over 6 hours a single step is worth at most 6 % in a day, over one hour it would be 36 %. A store younger than that has no trend, one that no longer grows has ended its load.',
    alert: 'GenesisLmdbFillingUp',
    severity: 'warning',
    for: '2h',
    about: 'process',
    limit: { value: 24, min: 1, max: 720, unit: 'hours until the store is full' },
    expr: `
      max by (ID, genesis_node, process, store) (last_over_time(genesis_process_lmdb_used_ratio[5m]))
      and on (ID, genesis_node, process, store)
        max by (ID, genesis_node, process, store) (predict_linear(genesis_process_lmdb_used_ratio[6h], LIMIT * 3600)) >= 1
      and on (ID, genesis_node, process, store)
        max by (ID, genesis_node, process, store) (last_over_time(genesis_process_lmdb_used_ratio[5m]))
        > max by (ID, genesis_node, process, store) (last_over_time(genesis_process_lmdb_used_ratio[15m] offset 1h))
      and on (ID, genesis_node, process, store)
        max by (ID, genesis_node, process, store) (last_over_time(genesis_process_lmdb_used_ratio[30m] offset 5h30m))
    `,
    summary: 'An LMDB store of a Genesis process will soon be full.',
    description:
      'LMDB store {{ $labels.store }} of {{ $labels.process }} on node {{ $labels.genesis_node }} is {{ $value | humanizePercentage }} full, and at the pace of the last 6 hours it will be full within LIMIT hours.',
  },
];
