import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';

function parse(window: string) {
  return parseConfig(`nodes: [{name: a, address: a}]\nmaintenance: [${window}]`, {
    file: 'a.yml',
    resolveFile: (path) => path,
  });
}

it.each([
  [
    '{name: nightly, start: "02:00", duration: 30m, days: [mon, fri], timezone: Europe/London, clusters: [trading]}',
    {
      name: 'nightly',
      nodes: [],
      clusters: ['trading'],
      time: {
        kind: 'daily',
        startMs: 7_200_000,
        durationMs: 1_800_000,
        days: ['mon', 'fri'],
        timeZone: 'Europe/London',
      },
    },
    {
      name: 'nightly',
      start: '02:00',
      duration: '30m',
      days: ['mon', 'fri'],
      timezone: 'Europe/London',
      clusters: ['trading'],
    },
  ],
  [
    '{name: daily, start: "23:59", duration: 1h}',
    {
      name: 'daily',
      nodes: [],
      clusters: [],
      time: { kind: 'daily', startMs: 86_340_000, durationMs: 3_600_000, days: [], timeZone: 'UTC' },
    },
    { name: 'daily', start: '23:59', duration: '1h', timezone: 'UTC' },
  ],
  [
    '{name: upgrade, from: 2026-12-05T22:00:00Z, to: 2026-12-06T04:00:00Z, nodes: [a]}',
    {
      name: 'upgrade',
      nodes: ['a'],
      clusters: [],
      time: { kind: 'once', fromMs: 1_796_508_000_000, toMs: 1_796_529_600_000 },
    },
    { name: 'upgrade', from: '2026-12-05T22:00:00.000Z', to: '2026-12-06T04:00:00.000Z', nodes: ['a'] },
  ],
])('reads %s', (text, window, masked) => {
  const parsed = parse(text);
  if (parsed.kind !== 'config') throw new Error(parsed.problems.join());
  expect(parsed.config.maintenance).toEqual([window]);
  expect(parsed.config.masked['maintenance']).toEqual([masked]);
});

it.each([
  ['{name: a}', 'maintenance[0]: expected start and a duration, or from and to'],
  ['{name: a, start: "02:00"}', 'maintenance[0]: expected start and a duration, or from and to'],
  ['{name: a, start: "02:00", duration: 0}', 'maintenance[0]: expected start and a duration, or from and to'],
  [
    '{name: a, start: "02:00", duration: 1h, to: 2026-12-06T04:00:00Z}',
    'maintenance[0]: expected start and a duration, or from and to',
  ],
  [
    '{name: a, from: 2026-12-06T04:00:00Z, to: 2026-12-06T04:00:00Z}',
    'maintenance[0].to: expected a time after `from`',
  ],
  ['{name: a, start: "24:00", duration: 1h}', 'maintenance[0].start: expected a time such as "02:00", got "24:00"'],
  [
    '{name: a, start: "02:00", duration: 1h, timezone: Europe/Londn}',
    'maintenance[0].timezone: expected a time zone such as Europe/London, got "Europe/Londn"',
  ],
  [
    '{name: a, start: "02:00", duration: 1h, days: [monday]}',
    'maintenance[0].days[0]: expected one of sun, mon, tue, wed, thu, fri, sat, got "monday"',
  ],
  [
    '{name: a, from: tomorrow, to: 2026-12-06T04:00:00Z}',
    'maintenance[0].from: expected a time such as 2026-12-05T22:00:00Z, got "tomorrow"',
  ],
  [
    '{name: a, start: "02:00", duration: 8d}',
    'maintenance[0].duration: expected at most 7d; from and to may be further apart',
  ],
  ['{name: a, begin: 1}', 'maintenance[0].begin: unknown key'],
])('refuses %s', (text, problem) => {
  const parsed = parse(text);
  expect(parsed.kind === 'problems' && parsed.problems.map((line) => line.replace(/^a.yml:\d+:\d+: /, ''))).toContain(
    problem,
  );
});
