import { describe, expect, it } from 'vitest';
import { createMaintenance, type MaintenanceTime } from '../../src/domain/maintenance.ts';

const HOUR = 3_600_000;
const NODE = { name: 'a', cluster: 'trading' };

function daily(
  start: string,
  hours: number,
  timeZone: string,
  days: Extract<MaintenanceTime, { kind: 'daily' }>['days'] = [],
) {
  const [hour = 0, minute = 0] = start.split(':').map(Number);
  return { kind: 'daily', startMs: hour * HOUR + minute * 60_000, durationMs: hours * HOUR, days, timeZone } as const;
}

function windowOf(time: MaintenanceTime, name = 'work') {
  return { name, nodes: [], clusters: [], time };
}

/** The stretches of maintenance in a time, as RFC 3339 without seconds. */
function stretches(from: string, to: string, ...times: readonly MaintenanceTime[]): readonly string[] {
  const maintenance = createMaintenance(times.map((time) => windowOf(time)));
  return maintenance
    .between(NODE, Date.parse(from), Date.parse(to))
    .map(
      ({ fromMs, toMs }) =>
        `${new Date(fromMs).toISOString().slice(0, 16)} ${new Date(toMs).toISOString().slice(0, 16)}`,
    );
}

describe('a daily window', () => {
  it.each([
    [
      'in UTC',
      daily('02:00', 1, 'UTC'),
      '2026-11-26T00:00Z',
      '2026-11-28T00:00Z',
      ['2026-11-26T02:00 2026-11-26T03:00', '2026-11-27T02:00 2026-11-27T03:00'],
    ],
    [
      'over midnight',
      daily('23:30', 1, 'UTC'),
      '2026-11-26T00:00Z',
      '2026-11-26T23:59Z',
      ['2026-11-26T00:00 2026-11-26T00:30', '2026-11-26T23:30 2026-11-26T23:59'],
    ],
    [
      'over midnight, by the day on which it begins',
      daily('23:30', 1, 'UTC', ['fri']),
      '2026-11-27T00:00Z',
      '2026-11-30T00:00Z',
      ['2026-11-27T23:30 2026-11-28T00:30'],
    ],
    [
      'of more than a day',
      daily('00:00', 30, 'UTC', ['sat']),
      '2026-11-27T00:00Z',
      '2026-12-02T00:00Z',
      ['2026-11-28T00:00 2026-11-29T06:00'],
    ],
    [
      'by the date of the zone',
      daily('00:30', 1, 'Australia/Sydney', ['mon']),
      '2026-06-14T00:00Z',
      '2026-06-16T00:00Z',
      ['2026-06-14T14:30 2026-06-14T15:30'],
    ],
    // Europe/London: 29 March 01:00 becomes 02:00, 25 October 02:00 becomes 01:00.
    [
      'before spring in London',
      daily('02:00', 1, 'Europe/London'),
      '2026-03-28T00:00Z',
      '2026-03-29T00:00Z',
      ['2026-03-28T02:00 2026-03-28T03:00'],
    ],
    [
      'in the hour that does not exist in London',
      daily('01:30', 1, 'Europe/London'),
      '2026-03-29T00:00Z',
      '2026-03-30T00:00Z',
      ['2026-03-29T01:00 2026-03-29T02:00'],
    ],
    [
      'after spring in London',
      daily('02:00', 1, 'Europe/London'),
      '2026-03-29T00:00Z',
      '2026-03-30T00:00Z',
      ['2026-03-29T01:00 2026-03-29T02:00'],
    ],
    [
      'in the hour that comes twice in London',
      daily('01:30', 0.5, 'Europe/London'),
      '2026-10-25T00:00Z',
      '2026-10-26T00:00Z',
      ['2026-10-25T00:30 2026-10-25T01:00'],
    ],
    [
      'after autumn in London',
      daily('02:00', 1, 'Europe/London'),
      '2026-10-25T00:00Z',
      '2026-10-26T00:00Z',
      ['2026-10-25T02:00 2026-10-25T03:00'],
    ],
    // America/New_York: 8 March 02:00 becomes 03:00, 1 November 02:00 becomes 01:00.
    [
      'in the hour that does not exist in New York',
      daily('02:30', 1, 'America/New_York'),
      '2026-03-08T00:00Z',
      '2026-03-09T00:00Z',
      ['2026-03-08T07:00 2026-03-08T08:00'],
    ],
    [
      'in the hour that comes twice in New York',
      daily('01:15', 1, 'America/New_York'),
      '2026-11-01T00:00Z',
      '2026-11-02T00:00Z',
      ['2026-11-01T05:15 2026-11-01T06:15'],
    ],
    // Australia/Lord_Howe changes by half an hour: 5 April 02:00 becomes 01:30, 4 October 02:00 becomes 02:30.
    [
      'in the half hour that does not exist on Lord Howe',
      daily('02:10', 1, 'Australia/Lord_Howe'),
      '2026-10-03T12:00Z',
      '2026-10-04T12:00Z',
      ['2026-10-03T15:30 2026-10-03T16:30'],
    ],
    [
      'in the half hour that comes twice on Lord Howe',
      daily('01:45', 1, 'Australia/Lord_Howe'),
      '2026-04-04T12:00Z',
      '2026-04-05T12:00Z',
      ['2026-04-04T14:45 2026-04-04T15:45'],
    ],
  ] as const)('%s', (_, time, from, to, expected) => {
    expect(stretches(from, to, time)).toEqual(expected);
  });

  it('is there once a day through a whole year, whatever the clock does', () => {
    for (const zone of ['Europe/London', 'America/New_York', 'Australia/Lord_Howe']) {
      for (const start of ['01:30', '02:00', '02:15', '23:59']) {
        expect(
          stretches('2026-01-01T12:00Z', '2027-01-01T12:00Z', daily(start, 0.25, zone)),
          `${zone} ${start}`,
        ).toHaveLength(365);
      }
    }
  });
});

it('merges windows that overlap or touch, and cuts them to the time asked for', () => {
  const once = {
    kind: 'once',
    fromMs: Date.parse('2026-11-26T02:30Z'),
    toMs: Date.parse('2026-11-26T05:00Z'),
  } as const;
  const times = [once, daily('02:00', 1, 'UTC'), daily('05:00', 1, 'UTC'), daily('02:15', 0.25, 'UTC')];
  expect(stretches('2026-11-26T02:10Z', '2026-11-26T05:30Z', ...times)).toEqual(['2026-11-26T02:10 2026-11-26T05:30']);
});

describe('maintenance of a node', () => {
  const time = { kind: 'once', fromMs: 1000, toMs: 2000 } as const;

  it('concerns all nodes, or those named, or those of the clusters named', () => {
    const window = windowOf(time);
    const insideOf = (changes: object, node = NODE) =>
      createMaintenance([{ ...window, ...changes }]).at(node, 1500) !== undefined;
    expect(insideOf({})).toBe(true);
    expect(insideOf({ nodes: ['a'] })).toBe(true);
    expect(insideOf({ nodes: ['b'] })).toBe(false);
    expect(insideOf({ clusters: ['trading'] })).toBe(true);
    expect(insideOf({ clusters: ['other'] })).toBe(false);
    expect(insideOf({ nodes: ['b'], clusters: ['trading'] })).toBe(true);
  });

  it('begins with its first moment and ends before its last, and of several the longest is told', () => {
    const longer = windowOf({ kind: 'once', fromMs: 1500, toMs: 3000 }, 'longer');
    const shorter = windowOf({ kind: 'once', fromMs: 1500, toMs: 1800 }, 'shorter');
    const maintenance = createMaintenance([longer, windowOf(time), shorter]);
    expect(maintenance.isPlanned).toBe(true);
    expect([999, 1000, 1499].map((ms) => maintenance.at(NODE, ms)?.name)).toEqual([undefined, 'work', 'work']);
    expect(maintenance.at(NODE, 1500)).toEqual({ name: 'longer', untilMs: 3000 });
    expect(maintenance.at(NODE, 3000)).toBeUndefined();
    expect(createMaintenance([]).isPlanned).toBe(false);
  });
});
