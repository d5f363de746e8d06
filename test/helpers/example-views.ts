import { readFileSync } from 'node:fs';
import type { ConnectResult } from '../../src/domain/evidence.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { parseHealthBody } from '../../src/genesis/health-body.ts';
import { aNode, connected, declare, failed, timing } from '../domain/builders.ts';
import { viewAfter } from './views.ts';

const REFUSED = {
  detail: '10.0.0.5:9017 refuses connections: nothing listens there',
  hint: 'connection-refused',
} as const;
const TIMED_OUT = { detail: 'no connection to 10.0.0.5:9999 within 5 s', hint: 'connect-timeout' } as const;

/** The platform's own sample answer. */
export const SAMPLE = readFileSync(new URL('../fixtures/health-status-sample.json', import.meta.url), 'utf8');

function sampleReport(text = SAMPLE) {
  const body = parseHealthBody(text, { statusAliases: new Map(), maxProcesses: 1000 });
  if (body.kind !== 'report') throw new Error(body.detail);
  return body.report;
}

/** A node that answers the sample with 200. */
export function sampleView(): NodeView {
  const health = {
    kind: 'good',
    statusCode: 200,
    report: sampleReport(),
    remoteAddress: '127.0.0.1',
    isLocal: true,
    timing: timing(1000),
  } as const;
  return viewAfter(aNode({ name: 'sample', cluster: 'trading' }), [[1000, { health }]], 2000);
}

/** A node with about everything that can be wrong at a time. */
export function troubledView(): NodeView {
  const node = aNode({
    name: 'troubled "quotes" \\ and\nlines',
    labels: new Map([['site', 'london']]),
    declared: declare(
      { name: 'GENESIS_ROUTER', port: 9017, group: 'GENESIS' },
      { name: 'GENESIS_AUTH_CONSOLIDATOR', port: 8005, group: 'AUTH', primaryOnly: true, tls: true },
      { name: 'GENESIS_MISSING', port: 9999 },
      { name: 'GENESIS_WEBMON', port: 9011, expected: false },
    ),
  });
  const text = JSON.stringify([
    { PROCESS_NAME: 'GENESIS_ROUTER', STATUS: 'UP', MESSAGE: 'a; b', PORT: 9017 },
    { PROCESS_NAME: 'GENESIS_AUTH_CONSOLIDATOR', STATUS: 'Standby', MESSAGE: '', PORT: 8006 },
    {
      PROCESS_NAME: 'STORES',
      STATUS: 'WARNING',
      MESSAGE:
        'Lmdb currently uses 96% of available space (total size 512MB);x;Lmdb currently uses 120% of available space (total size 1GB)',
      PORT: null,
    },
    { PROCESS_NAME: 'NO_STATUS', PORT: '8100' },
    { STATUS: 'UP' },
  ]);
  const first = { kind: 'good', statusCode: 503, report: sampleReport(text), timing: timing(1000) } as const;
  const tls = { ...connected(1000, 'ok', 8006), certNotAfterMs: 1_800_000_000_000 };
  const connects = new Map<string, ConnectResult>([
    ['GENESIS_ROUTER', { ...connected(1000, 'refused', 9017), ...REFUSED }],
    ['GENESIS_AUTH_CONSOLIDATOR', tls],
    ['GENESIS_MISSING', { ...connected(1000, 'timeout', 9999), ...TIMED_OUT }],
  ]);
  return viewAfter(
    node,
    [
      [1000, { health: first }],
      [1100, { connects }],
    ],
    2000,
  );
}

/** A node whose health endpoint is refused after a good answer. */
export function unreachableView(): NodeView {
  const health = { kind: 'good', statusCode: 200, report: sampleReport(), timing: timing(1000) } as const;
  return viewAfter(
    aNode({ name: 'unreachable' }),
    [
      [1000, { health }],
      [16_000, { health: failed(16_000) }],
    ],
    17_000,
  );
}

/** A node that was never probed. */
export function pendingView(): NodeView {
  return viewAfter(aNode({ name: 'pending', declared: declare({ name: 'GENESIS_ROUTER', port: 9017 }) }), [], 1000);
}

/** A node that is watched by connects alone. */
export function healthOffView(): NodeView {
  const node = aNode({ name: 'off', healthEnabled: false, declared: declare({ name: 'A' }, { name: 'B' }) });
  const connects = new Map<string, ConnectResult>([
    ['A', connected(1000, 'ok')],
    ['B', connected(1000, 'refused')],
  ]);
  return viewAfter(node, [[1000, { connects }]], 2000);
}
