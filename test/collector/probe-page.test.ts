import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/collector/metrics-table.ts';
import { isOnProbePage, renderProbePage } from '../../src/collector/probe-page.ts';
import { healthOffView, pendingView, sampleView, troubledView, unreachableView } from '../helpers/example-views.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';

const FIGURES = { isSuccess: true, durationMs: 12.5 };

describe('the page of one probe', () => {
  it('is the golden page for the sample', async () => {
    await expect(await renderProbePage(sampleView(), FIGURES)).toMatchFileSnapshot('../golden/probe.prom');
  });

  it('has no counters, no changes and no interval', () => {
    const leftOut = FAMILIES.filter((family) => !isOnProbePage(family)).map(({ name }) => name);
    expect(leftOut.filter((name) => !name.endsWith('_total')).toSorted()).toEqual([
      'genesis_probe_interval_seconds',
      'genesis_process_last_status_change_timestamp_seconds',
    ]);
    expect(FAMILIES.filter(({ name }) => name.endsWith('_total')).every((family) => !isOnProbePage(family))).toBe(true);
  });

  it.each([
    ['a node in trouble', troubledView],
    ['an unreachable one', unreachableView],
    ['one that was never probed', pendingView],
    ['one without health', healthOffView],
  ])('has each head once, and only where there are series: %s', async (_, view) => {
    const lines = (await renderProbePage(view(), { isSuccess: false, durationMs: 0 })).trimEnd().split('\n');
    const names = lines.flatMap((line) => /^# TYPE (\w+) gauge$/.exec(line)?.[1] ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(lines.filter((line) => line.startsWith('# TYPE')).length).toBe(names.length);
    for (const name of names)
      expect(lines.some((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))).toBe(true);
    expect(lines.slice(-6)).toContain('probe_success 0');
    expect(lines.at(-1)).toBe('probe_duration_seconds 0');
  });

  it.skipIf(!hasPromtool())('has nothing that promtool finds fault with', async () => {
    for (const view of [sampleView(), troubledView(), unreachableView(), pendingView(), healthOffView()]) {
      expect(lintMetrics(await renderProbePage(view, FIGURES))).toBe('');
    }
  });
});
