import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { LINTER_RULES } from './linter-rules.ts';
import { DASHBOARD_PATHS, expressionsOf, panelsOf, readDashboards } from './read-dashboards.ts';

describe.each(LINTER_RULES.map((rule) => [rule.name, rule] as const))('%s', (_, { find, spoil }) => {
  it('holds in every dashboard', () => {
    for (const dashboard of readDashboards()) expect(find(dashboard), dashboard.title).toEqual([]);
  });

  it('is seen when it is broken', () => {
    for (const dashboard of readDashboards()) {
      spoil(dashboard);
      expect(find(dashboard), dashboard.title).toHaveLength(1);
    }
  });
});

it('looks at panels and expressions of every dashboard', () => {
  for (const dashboard of readDashboards()) {
    expect(panelsOf(dashboard).length).toBeGreaterThan(10);
    expect(expressionsOf(dashboard).length).toBeGreaterThan(panelsOf(dashboard).length);
  }
});

function hasLinter(): boolean {
  const isThere = spawnSync('dashboard-linter', ['--help']).status === 0;
  if (!isThere) console.warn('skipped: no dashboard-linter');
  return isThere;
}

it.runIf(hasLinter()).each(DASHBOARD_PATHS)("pleases Grafana's own linter: %s", (path) => {
  const { stdout, stderr, status } = spawnSync('dashboard-linter', ['lint', '--strict', path], { encoding: 'utf8' });
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
});
