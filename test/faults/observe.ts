import { expect } from 'vitest';
import type { NodeReason } from '../../src/domain/node-health.ts';
import { PROCESS_STATES } from '../../src/domain/process-state.ts';
import { readHealth, readMetrics } from '../helpers/reading.ts';
import type { Expected, ServedRow } from './fault.ts';
import { WELL_SERVED } from './raw-answer.ts';

/** All that the readers of one node see, as far as a fault may change it. */
export interface Observed {
  readonly code: number;
  readonly rows: readonly ServedRow[];
  readonly messages: string;
  /** Reasons of the health probes that have failed since the start. */
  readonly failures: readonly string[];
  readonly nodeReasons: readonly string[];
  readonly healthy: number | undefined;
  readonly endpointUp: number | undefined;
  readonly hasStatusCode: boolean;
  /** How many series of each family there are, and for the states how many of them are 1. */
  readonly states: readonly [series: number, ones: number];
  readonly reported: number;
  readonly hasLmdb: boolean;
}

/** What `/health/status?node=` and `/metrics` say of nodes. */
export async function observe(url: string, nodes: readonly string[]): Promise<Readonly<Record<string, Observed>>> {
  const series = [...(await readMetrics(url))];
  const observed = nodes.map(async (node) => {
    const own = series.filter(([key]) => key.includes(`genesis_node="${node}"`));
    return [node, { ...seriesOf(own, node), ...(await rowsOf(url, node)) }] as const;
  });
  return Object.fromEntries(await Promise.all(observed));
}

async function rowsOf(url: string, node: string): Promise<Pick<Observed, 'code' | 'rows' | 'messages'>> {
  const { code, rows } = await readHealth(url, `?node=${encodeURIComponent(node)}`);
  return {
    code,
    rows: rows.map(({ PROCESS_NAME, STATUS, PORT }) => [PROCESS_NAME, STATUS, PORT]),
    messages: rows.map(({ MESSAGE }) => MESSAGE).join('\n'),
  };
}

type Series = readonly (readonly [key: string, value: number])[];

function seriesOf(own: Series, node: string): Omit<Observed, 'code' | 'rows' | 'messages'> {
  const family = (name: string): Series => own.filter(([key]) => key.startsWith(`${name}{`));
  const single = (name: string) => own.find(([key]) => key === `${name}{genesis_node="${node}"}`)?.[1];
  const reasons = (name: string) =>
    family(name).flatMap(([key, value]) => (value > 0 ? [/reason="(\w+)"/.exec(key)?.[1] ?? key] : []));
  const states = family('genesis_process_status');
  return {
    failures: reasons('genesis_probe_failures_total'),
    nodeReasons: reasons('genesis_node_unhealthy_reason'),
    healthy: single('genesis_node_healthy'),
    endpointUp: single('genesis_node_health_endpoint_up'),
    hasStatusCode: single('genesis_node_health_endpoint_status_code') !== undefined,
    states: [states.length, states.filter(([, value]) => value === 1).length],
    reported: family('genesis_process_reported').length,
    hasLmdb: family('genesis_process_lmdb_used_ratio').length > 0,
  };
}

/** What is to be observed of a node whose only process was well before. */
export function wanted(expected: Expected): Observed {
  switch (expected.kind) {
    case 'understood': {
      const { rows, reason } = expected;
      return { ...wantedOf(rows, reason), endpointUp: 1, hasStatusCode: true, reported: rows.length };
    }
    case 'failed': {
      const [name, , port] = WELL_SERVED;
      return {
        ...wantedOf([[name, 'UNKNOWN', port]], 'health_unavailable'),
        messages: expect.stringMatching(new RegExp(`^;exporter: health endpoint .*${expected.says.source}`)),
        failures: expect.toSatisfy((seen) => seen.length > 0 && isSubset(seen, expected.reasons)),
        hasLmdb: false,
      };
    }
    default:
      return expected satisfies never;
  }
}

function wantedOf(rows: readonly ServedRow[], reason: NodeReason | undefined): Observed {
  return {
    code: reason === undefined ? 200 : 503,
    rows,
    messages: expect.any(String),
    failures: [],
    nodeReasons: reason === undefined ? [] : [reason],
    healthy: reason === undefined ? 1 : 0,
    endpointUp: 0,
    hasStatusCode: false,
    states: [rows.length * PROCESS_STATES.length, rows.length],
    reported: 0,
    hasLmdb: expect.any(Boolean),
  };
}

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((each) => whole.includes(each));
}
