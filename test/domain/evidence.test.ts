import { describe, expect, it } from 'vitest';
import { connectStanding, healthStanding } from '../../src/domain/evidence.ts';
import { CONNECT_FAILURES } from '../../src/domain/failure-reason.ts';
import { connected, failed, good } from './builders.ts';

describe('healthStanding', () => {
  it.each([
    ['off, whatever there is', good(1_000), false, 1_000, 'off'],
    ['off, and nothing yet', undefined, false, 1_000, 'off'],
    ['none before the first result', undefined, true, 1_000, 'none'],
    ['none however long ago the start was', undefined, true, 9e15, 'none'],
    ['good at once', good(1_000), true, 1_000, 'good'],
    ['good at exactly the limit', good(1_000), true, 46_000, 'good'],
    ['stale one millisecond beyond it', good(1_000), true, 46_001, 'stale'],
    ['failed at exactly the limit', failed(1_000), true, 46_000, 'failed'],
    ['stale, not failed, beyond it', failed(1_000), true, 46_001, 'stale'],
    ['good when the clock stands before the result', good(1_000), true, 0, 'good'],
  ] as const)('is %s', (_, result, enabled, nowMs, standing) => {
    expect(healthStanding(result, enabled, 45_000, nowMs)).toBe(standing);
  });
});

describe('connectStanding', () => {
  it.each([
    ['none without a result', undefined, 9000, 1_000, 'none'],
    ['ok after a success', connected(1_000, 'ok'), 9000, 1_000, 'ok'],
    ['ok at exactly three intervals', connected(1_000, 'ok'), 9000, 46_000, 'ok'],
    ['none one millisecond later', connected(1_000, 'ok'), 9000, 46_001, 'none'],
    ['refused at exactly three intervals', connected(1_000, 'refused'), 9000, 46_000, 'refused'],
    ['none for an old refusal', connected(1_000, 'refused'), 9000, 46_001, 'none'],
    ['none when the process has moved to another port', connected(1_000, 'refused', 9001), 9000, 1_000, 'none'],
    ['none when no port is known any more', connected(1_000, 'ok'), undefined, 1_000, 'none'],
  ] as const)('is %s', (_, result, port, nowMs, standing) => {
    expect(connectStanding(result, { host: '10.0.0.5', port }, 15_000, nowMs)).toBe(standing);
  });

  it.each(CONNECT_FAILURES.filter((reason) => reason !== 'refused'))(
    'calls %s unclear: it proves no death',
    (reason) => {
      expect(connectStanding(connected(1_000, reason), { host: '10.0.0.5', port: 9000 }, 15_000, 1_000)).toBe(
        'unclear',
      );
    },
  );

  it('takes a result for another host for no evidence', () => {
    const place = { host: '10.0.0.6', port: 9000 };
    expect(connectStanding(connected(1_000, 'refused'), place, 15_000, 1_000)).toBe('none');
  });
});
