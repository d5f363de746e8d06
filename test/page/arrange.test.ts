import { describe, expect, it } from 'vitest';
import { clusterHeadingHtml, groupByCluster } from '../../src/page/arrange.ts';
import { lastDayHtml, lastDayKey } from '../../src/page/day.ts';
import { aNodeInfo, aProcessInfo } from '../helpers/node-infos.ts';

const DOWN = aProcessInfo({ state: 'DOWN', healthy: false, reason: 'reported' });

function node(name: string, cluster: string, isDown = false) {
  if (!isDown) return aNodeInfo({ name, cluster });
  return aNodeInfo({ name, cluster, healthy: false, reason: 'process_unhealthy', processes: [DOWN] });
}

function arranged(order: '' | 'worst', ...nodes: readonly ReturnType<typeof node>[]) {
  return groupByCluster(nodes, order).map(
    ({ cluster, nodes: group }) => `${cluster}: ${group.map(({ name }) => name)}`,
  );
}

describe('the order of nodes', () => {
  const NODES = [node('a', 'x'), node('b', 'y'), node('c', 'x'), node('d', 'y', true), node('e', '')];

  it('is by cluster, else as configured', () => {
    expect(arranged('', ...NODES)).toEqual(['x: a,c', 'y: b,d', ': e']);
  });

  it('has the worst first in each cluster and among clusters where the reader wants it', () => {
    expect(arranged('worst', ...NODES)).toEqual(['y: d,b', 'x: a,c', ': e']);
  });

  it('is empty without nodes', () => {
    expect(arranged('worst')).toEqual([]);
  });
});

describe('the heading of a cluster', () => {
  it('counts its nodes, and those that are not healthy', () => {
    const heading = clusterHeadingHtml({ cluster: '<x>', nodes: [node('a', '<x>'), node('b', '<x>', true)] }).html;
    expect(heading).toContain(
      '&lt;x&gt; <span class="state DOWN">not healthy</span> <span class="tags">2 nodes, 1 not healthy</span>',
    );
    expect(heading).toContain('id="cluster:%3Cx%3E"');
    const silent = aNodeInfo({ name: 'c', cluster: 'x', healthy: false, reason: 'health_unavailable', processes: [] });
    expect(clusterHeadingHtml({ cluster: 'x', nodes: [node('a', 'x'), silent] }).html).toContain(
      '2 nodes, 1 unknown</span>',
    );
    const well = clusterHeadingHtml({ cluster: '', nodes: [node('a', '')] }).html;
    expect(well).toContain('no cluster <span class="state UP">healthy</span> <span class="tags">1 node</span>');
  });
});

describe('the last 24 hours of a node', () => {
  const lastDay = {
    from: '2026-11-25T12:00:00.000Z',
    to: '2026-11-26T12:00:00.000Z',
    spans: [
      { from: '2026-11-25T12:00:00.000Z', to: '2026-11-26T00:00:00.000Z', state: 'NOT_WATCHED' },
      { from: '2026-11-26T00:00:00.000Z', to: '2026-11-26T06:00:00.000Z', state: 'UNHEALTHY' },
      { from: '2026-11-26T06:00:00.000Z', to: '2026-11-26T12:00:00.000Z', state: 'HEALTHY' },
    ],
    availability: { watchedSeconds: 43_200, healthySeconds: 21_600, maintenanceSeconds: 0, ratio: 0.5 },
  } as const;

  it('are a strip that leads to the page of the node, and tell their share in words', () => {
    const { html } = lastDayHtml(aNodeInfo({ name: 'a/b', lastDay }), './');
    expect(html).toContain(
      '<a class="day" href="./nodes/a%2Fb" title="50 % healthy of 12 h watched; 12 h not watched"',
    );
    expect(html).toContain(
      'aria-label="Last 24 hours of a/b: 50 % healthy of 12 h watched; 12 h not watched; not healthy 6 h; healthy 6 h; not watched 12 h, in 1 d"',
    );
    expect(html).toContain('<g class="UNHEALTHY"><rect x="50%" width="25%"></rect></g>');
    expect(html).toContain('<span class="available">50 %</span>');
  });

  it('are nothing until they are known', () => {
    expect(lastDayHtml(aNodeInfo({ lastDay: null }), './').html).toBe('');
    expect(lastDayKey(null)).toBe('');
  });

  it('are drawn again when the state has changed, or five minutes have passed', () => {
    const later = { ...lastDay, to: '2026-11-26T12:04:59.000Z' };
    expect(lastDayKey(later)).toBe(lastDayKey(lastDay));
    expect(lastDayKey({ ...lastDay, to: '2026-11-26T12:05:00.000Z' })).not.toBe(lastDayKey(lastDay));
    expect(lastDayKey({ ...lastDay, spans: lastDay.spans.slice(0, 2) })).not.toBe(lastDayKey(lastDay));
  });
});
