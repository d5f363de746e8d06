import { spawnSync } from 'node:child_process';

/** Whether promtool can be run; where it must be, under CI, its absence is an error. */
export function hasPromtool(): boolean {
  const isThere = spawnSync('promtool', ['--version']).status === 0;
  if (!isThere && process.env['CI'] === 'true') throw new Error('promtool is missing, and CI must have it');
  if (!isThere) console.warn('skipped: no promtool');
  return isThere;
}

/** What `promtool check metrics` says of a page; nothing when the page is clean. */
export function lintMetrics(page: string): string {
  const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], { input: page, encoding: 'utf8' });
  return `${stdout}${stderr}${status === 0 ? '' : `exit ${status}`}`;
}
