import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { panelsOf, readDashboards } from './read-dashboards.ts';

const DOCS = readFileSync(new URL('../../docs/dashboards.md', import.meta.url), 'utf8');

it.each(readDashboards())('docs/dashboards.md tells what each panel of $title answers', (dashboard) => {
  const [, section = ''] = DOCS.split(`\n## ${dashboard.title}\n`);
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (.+\?) \|$/gm)].map(([, row]) => row);
  const wanted = panelsOf(dashboard).map(({ title, description = '' }) => {
    return `${title} | ${description.slice(0, description.indexOf('?') + 1)}`;
  });
  expect(rows).toEqual(wanted);
  expect(section).toContain(`/d/${dashboard.uid}`);
});
