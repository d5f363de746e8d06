import { describe, expect, it } from 'vitest';
import type { DurationBucket, LmdbSample } from '../../src/domain/history.ts';
import { durationChartHtml } from '../../src/page/duration-chart.ts';
import { lmdbChartHtml } from '../../src/page/lmdb-chart.ts';
import { fullAtMs } from '../../src/page/lmdb-forecast.ts';

const HOUR = 3_600_000;
const WINDOW = { fromMs: 0, toMs: HOUR };

function samples(...parts: readonly (readonly [atMs: number, usedRatio: number | undefined])[]): readonly LmdbSample[] {
  return parts.map(([atMs, usedRatio]) => ({ process: 'A', store: 0, atMs, usedRatio, totalBytes: 2 ** 31 }));
}

/** A store that grows by a per cent at each of these hours, from `percent` on. */
function growing(percent: number, hours: readonly number[]): readonly LmdbSample[] {
  return samples(...hours.map((hour, index) => [hour * HOUR, (percent + index) / 100] as const));
}

describe('the date when a store is full', () => {
  it('follows the pace of the last 6 hours', () => {
    const at = fullAtMs(growing(80, [0, 1, 2, 3, 4, 5, 6, 7, 8]), 8.5 * HOUR) ?? 0;
    // 88 % and a per cent an hour: about 12 hours.
    expect(at / HOUR).toBeGreaterThan(19.5);
    expect(at / HOUR).toBeLessThan(21.5);
  });

  it('is not before now for a store that is full', () => {
    expect(fullAtMs(growing(92, [0, 1, 2, 3, 4, 5, 6, 7, 8]), 8.2 * HOUR)).toBeGreaterThanOrEqual(8.2 * HOUR);
  });

  it.each<[string, readonly LmdbSample[], number]>([
    ['no sample', [], 8],
    ['a store that does not change', samples([0, 0.5]), 8],
    ['a store that shrinks', samples([0, 0.9], [7.5 * HOUR, 0.5]), 8],
    ['one that has not grown within the last hour', growing(10, [0, 1, 2, 3]), 8],
    ['one that is too young', growing(10, [3, 4, 5, 6, 7, 8]), 8.2],
    ['one whose use is not known now', samples([0, 0.1], [7 * HOUR, 0.2], [7.5 * HOUR, undefined]), 8],
    ['one that has grown after a fall', samples([0, 0.9], [3 * HOUR, 0.1], [7.5 * HOUR, 0.2]), 8],
    ['one that is full in years', samples([0, 0.01], [7.9 * HOUR, 0.0101]), 8],
  ])('is not known of %s', (_what, given, nowHours) => {
    expect(fullAtMs(given, nowHours * HOUR)).toBeUndefined();
  });
});

describe('the line of a store', () => {
  it('goes in steps, from sample to sample and to the right edge', () => {
    const html = lmdbChartHtml('store 0', samples([-5, 0.1], [HOUR / 2, 0.2]), WINDOW).html;
    expect(html).toContain('<title>store 0: 20 % full, between 10 % and 20 %</title>');
    expect(html).toContain('d="M0 90H500V80H1000"');
    expect(html).toContain('<text x="100%" y="30%">70 %</text>');
    expect(html).toContain('<text x="100%" y="15%">85 %</text>');
  });

  it('has a hole where the use is not known', () => {
    const html = lmdbChartHtml('s', samples([0, 0.5], [HOUR / 4, undefined], [HOUR / 2, 0.5]), WINDOW).html;
    expect(html).toContain('d="M0 50H250M500 50H1000"');
  });

  it('is short for many samples, and keeps the fullest', () => {
    const many = Array.from({ length: 50_000 }, (_, i): [number, number] => [i * 72, i === 30_000 ? 0.99 : 0.5]);
    const html = lmdbChartHtml('s', samples(...many), WINDOW).html;
    expect(html.length).toBeLessThan(12_000);
    expect(html).toMatch(/V1H/);
  });

  it('says when nothing is known', () => {
    expect(lmdbChartHtml('s', [], WINDOW).html).toContain('<title>s: use not known</title>');
  });
});

describe('the durations of health probes', () => {
  const bucket: DurationBucket = { fromMs: 0, toMs: HOUR / 2, count: 3, minimumMs: 2, medianMs: 4, maximumMs: 12 };

  it('are bars from minimum to maximum, with a line at the median', () => {
    const html = durationChartHtml([bucket, { ...bucket, fromMs: HOUR * 0.75, toMs: HOUR }], WINDOW).html;
    expect(html).toContain('<title>Duration of health probes: about 4.0 ms, from 2.0 ms to 12 ms</title>');
    expect(html).toContain('d="M0 40H500V90H0ZM750 40H1000V90H750Z"');
    expect(html).toContain('d="M0 80H500M750 80H1000"');
    expect(html).toContain('<text x="100%" y="0">20 ms</text>');
  });

  it('are none where no probe has finished', () => {
    expect(durationChartHtml([], WINDOW).html).toContain('none finished');
  });
});
