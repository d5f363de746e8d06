import { describe, expect, it } from 'vitest';
import { clockOfZone, clockText, momentOfWallClock, UTC } from '../../src/domain/zone-time.ts';
import { axisHtml, axisTicks } from '../../src/page/time-axis.ts';

const HOUR = 3_600_000;

function ticks(from: string, hours: number, zone: string): readonly string[] {
  const fromMs = Date.parse(from);
  const found = axisTicks({ fromMs, toMs: fromMs + hours * HOUR }, clockOfZone(zone));
  return found.map(({ atMs, label }) => `${label} at ${(atMs - fromMs) / HOUR} h`);
}

describe('axisTicks', () => {
  it.each<[string, string, number, string, readonly string[]]>([
    ['an hour', '2026-11-26T18:07:00Z', 1, 'UTC', ['18:10', '18:20', '18:30', '18:40', '18:50', '19:00']],
    [
      'a day',
      '2026-11-26T18:30:00Z',
      24,
      'UTC',
      ['21:00', 'Nov 27', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00'],
    ],
    ['a week', '2026-11-26T18:30:00Z', 168, 'UTC', ['Nov 27', 'Nov 28', 'Nov 29', 'Nov 30', 'Dec 1', 'Dec 2', 'Dec 3']],
    ['90 days', '2026-08-28T18:30:00Z', 2160, 'UTC', ['Sep 10', 'Sep 24', 'Oct 8', 'Oct 22', 'Nov 5', 'Nov 19']],
    [
      'a zone of half hours',
      '2026-11-26T18:30:00Z',
      24,
      'Asia/Kolkata',
      ['Nov 27', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', 'Nov 28'],
    ],
  ])('of %s', (_what, from, hours, zone, labels) => {
    expect(ticks(from, hours, zone).map((tick) => tick.split(' at ')[0])).toEqual(labels);
  });

  it('stands right on a day of 25 hours', () => {
    // In London the hour from 01:00 comes twice on 2026-10-25: the second time from 01:00 UTC.
    expect(ticks('2026-10-24T23:00:00Z', 24, 'Europe/London')).toEqual([
      'Oct 25 at 0 h',
      '03:00 at 4 h',
      '06:00 at 7 h',
      '09:00 at 10 h',
      '12:00 at 13 h',
      '15:00 at 16 h',
      '18:00 at 19 h',
      '21:00 at 22 h',
    ]);
    expect(ticks('2026-10-23T23:00:00Z', 72, 'Europe/London').slice(0, 8)).toContain('12:00 at 37 h');
  });

  it('stands right on a day of 23 hours, and leaves out an hour that does not exist', () => {
    // In Berlin 02:00 does not exist on 2026-03-29.
    expect(ticks('2026-03-28T23:30:00Z', 4, 'Europe/Berlin').slice(0, 6)).toEqual([
      '00:30 at 0 h',
      '01:00 at 0.5 h',
      '01:30 at 1 h',
      '03:00 at 1.5 h',
      '03:30 at 2 h',
      '04:00 at 2.5 h',
    ]);
    expect(ticks('2026-03-27T23:00:00Z', 168, 'Europe/Berlin').slice(0, 3)).toEqual([
      'Mar 28 at 0 h',
      'Mar 29 at 24 h',
      'Mar 30 at 47 h',
    ]);
  });
});

describe('the clock of a zone', () => {
  it.each([
    ['2026-11-26T18:20:34Z', 'UTC', '2026-11-26 18:20:34'],
    ['2026-11-26T18:20:34Z', 'Europe/Berlin', '2026-11-26 19:20:34'],
    ['2026-07-26T23:20:34Z', 'Europe/London', '2026-07-27 00:20:34'],
    ['2026-10-25T00:30:00Z', 'Europe/London', '2026-10-25 01:30:00'],
    ['2026-10-25T01:30:00Z', 'Europe/London', '2026-10-25 01:30:00'],
    ['2026-11-26T18:20:34Z', 'Asia/Kathmandu', '2026-11-27 00:05:34'],
    ['1969-12-31T23:59:59.500Z', 'America/New_York', '1969-12-31 18:59:59'],
  ])('shows %s in %s as %s', (iso, zone, expected) => {
    expect(clockText(Date.parse(iso), clockOfZone(zone))).toBe(expected);
  });

  it('gives a moment back for every time that it shows', () => {
    const clock = clockOfZone('America/New_York');
    for (let hour = 0; hour < 96; hour += 1) {
      const atMs = Date.parse('2026-03-27T00:15:00Z') + hour * HOUR;
      expect(momentOfWallClock(clock(atMs), clock)).toBe(atMs);
    }
    expect(momentOfWallClock(Date.parse('2026-03-29T02:30:00Z'), clockOfZone('Europe/Berlin'))).toBeUndefined();
  });
});

it('has its lines once, to be used in every strip of the page', () => {
  const html = axisHtml({ fromMs: 0, toMs: HOUR }, UTC).html;
  expect(html).toContain('<g id="axis-lines" class="axis-lines"><line x1="0%" x2="0%" y2="100%"/>');
  expect(html).toContain('<text class="tick first" x="0%" y="75%">Jan 1</text>');
  expect(html).toContain('<text class="tick last" x="100%" y="75%">01:00</text>');
});
