import { known, knownFlag, type ProcessFamily, seconds } from './family.ts';

/** What connect probes of each process brought. */
export const CONNECT_FAMILIES: readonly ProcessFamily[] = [
  {
    name: 'genesis_process_connect_success',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'Whether the last connect probe of the process succeeded, 1 or 0; absent when it is too old (cached).',
    samples: ({ connect }) => knownFlag(connect && connect.outcome === 'ok'),
  },
  {
    name: 'genesis_process_connect_duration_seconds',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'How long the last connect probe of the process took, with the TLS handshake if any; only after a success (cached).',
    samples: ({ connect }) => known(connect?.outcome === 'ok' ? seconds(connect.timing.durationMs) : undefined),
  },
  {
    name: 'genesis_process_connects_total',
    type: 'counter',
    scope: 'process',
    labels: [],
    help: 'Connect probes of the process that have finished.',
    samples: ({ name }, { snapshot }) => known(snapshot.connects.get(name)?.counts.finished),
  },
  {
    name: 'genesis_process_connect_failures_total',
    type: 'counter',
    scope: 'process',
    labels: ['reason'],
    help: 'Connect probes of the process that have failed, by reason.',
    samples: ({ name }, { snapshot }) => {
      const failures = snapshot.connects.get(name)?.counts.failures ?? new Map<string, number>();
      return [...failures].map(([reason, value]) => ({ labels: { reason }, value }));
    },
  },
  {
    name: 'genesis_process_tls_cert_not_after_timestamp_seconds',
    type: 'gauge',
    scope: 'process',
    labels: [],
    help: 'When the certificate of a secure process ends, seconds since the epoch (cached).',
    samples: ({ connect }) => known(seconds(connect?.certNotAfterMs)),
  },
];
