import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { selectorsOf } from './promql.ts';
import { expressionsOf, readDashboards } from './read-dashboards.ts';

const ROOT = new URL('../../', import.meta.url);
const RULES = new URL('prometheus/rules/', ROOT);

/** Series that Prometheus makes of each scrape, and those of the Node.js process. */
const COMMON = /^(?:up|scrape_duration_seconds|process_\w+|nodejs_\w+)$/;

function documented(): readonly string[] {
  const docs = readFileSync(new URL('docs/metrics.md', ROOT), 'utf8');
  return [...docs.matchAll(/^\| `(genesis_\w+)` \|/gm)].map(([, name]) => name ?? '');
}

function inDashboards(): ReadonlySet<string> {
  const expressions = readDashboards().flatMap(expressionsOf);
  return new Set(expressions.flatMap(({ expr }) => selectorsOf(expr)).map(({ metric }) => metric));
}

function inRules(): ReadonlySet<string> {
  const texts = readdirSync(RULES).map((name) => readFileSync(new URL(name, RULES), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/\bgenesis_\w+/g)]).map(([name]) => name));
}

function withoutSuffix(name: string): string {
  return name.replace(/_(?:bucket|count|sum)$/, '');
}

it('every metric is used by a dashboard or a rule', () => {
  const used = new Set([...inDashboards(), ...inRules()].map(withoutSuffix));
  const names = documented();
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !used.has(name))).toEqual([]);
});

it('the dashboards use no metric that there is not', () => {
  const known = new Set(documented());
  const used = [...inDashboards()];
  expect(used.length).toBeGreaterThan(40);
  expect(used.filter((name) => !COMMON.test(name) && !known.has(withoutSuffix(name)))).toEqual([]);
});
