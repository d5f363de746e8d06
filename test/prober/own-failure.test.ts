import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createConnectProber } from '../../src/prober/connect-prober.ts';
import { createLimiter } from '../../src/prober/limiter.ts';
import { CLOCK, endpoint, healthUrl, LOOKUP, NEVER, startProber } from '../helpers/prober-options.ts';
import { startTcpServer } from '../helpers/servers.ts';

const LIMITS = '/proc/self/limits';
const MAX_OPEN = 100_000;

/** How many descriptors this process may have; infinite where nobody says so. */
function descriptorLimit(): number {
  const line = existsSync(LIMITS) ? /^Max open files\s+(\d+)/m.exec(readFileSync(LIMITS, 'utf8')) : null;
  return line === null ? Number.POSITIVE_INFINITY : Number(line[1]);
}

/** Runs `work` while no descriptor is left. */
async function withoutDescriptors<T>(work: () => Promise<T>): Promise<T> {
  const open: number[] = [];
  try {
    while (open.length < MAX_OPEN) open.push(openSync('/dev/null', 'r'));
  } catch {
    // That was the last one.
  }
  try {
    return await work();
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
}

// Where the limit is too high to be reached in a moment, the mapping of EMFILE is tested in failure-reason alone.
test.skipIf(descriptorLimit() > MAX_OPEN)('running out of descriptors is our failure, not theirs', async () => {
  const server = await startTcpServer();
  const health = startProber(endpoint(healthUrl(server)));
  const internalErrors: unknown[] = [];
  const onInternalError = (error: unknown): number => internalErrors.push(error);
  const limiter = createLimiter(1);
  const connect = createConnectProber({ timeoutMs: 1000 }, { clock: CLOCK, limiter, lookup: LOOKUP, onInternalError });
  const targets = ['A', 'B'].map((process) => ({ process, host: '127.0.0.1', port: server.port, tls: false }));

  const [result, results] = await withoutDescriptors(() =>
    Promise.all([health.prober.probe(NEVER), connect.probe(targets, NEVER)]),
  );

  expect(result).toMatchObject({ kind: 'failed', reason: 'other' });
  expect(result).toHaveProperty('detail', expect.stringContaining('this exporter ran out of descriptors'));
  expect(health.internalErrors).toHaveLength(1);
  expect(results).toEqual(new Map());
  expect(internalErrors).toHaveLength(2);
  expect((await connect.probe(targets, NEVER)).get('A')).toMatchObject({ outcome: 'ok' });
});
