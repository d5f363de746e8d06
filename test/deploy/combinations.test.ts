import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { DASHBOARDS } from '../../grafana/src/dashboards.ts';
import { readPages } from '../docs/pages.ts';
import { runHelm } from './chart.ts';
import { COMBINATIONS } from './combinations.ts';
import { hasRenderer, type Manifest, ROOT } from './manifests.ts';
import { REFUSED } from './refused.ts';
import { faultsBySchemas } from './schemas.ts';

const CASES = COMBINATIONS.map(([name, values, wanted, unwanted = []]) => [name, values, wanted, unwanted] as const);
/** The fenced values of the docs. */
const EXAMPLES = readPages()
  .filter(({ path }) => path === 'docs/kubernetes.md')
  .flatMap(({ text }) =>
    [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
      ({ index, 1: values = '' }) => [text.slice(0, index).split('\n').length, values] as const,
    ),
  );
const HAS_KUBECONFORM = hasRenderer('kubeconform', ['-v']);

function rendered(values: object): { readonly text: string; readonly objects: readonly Manifest[] } {
  const { status, output } = runHelm(values);
  if (status !== 0) throw new Error(output);
  const objects = parseAllDocuments(output).map((document) => document.toJS());
  return { text: output, objects: objects.filter((object) => object !== null) };
}

describe.skipIf(!hasRenderer('helm'))('the chart', () => {
  it.each(CASES)('makes what is asked for by %s', (_, values, wanted, unwanted) => {
    const { objects } = rendered(values);
    const all = JSON.stringify(objects);
    for (const text of wanted) expect(all).toContain(text);
    for (const text of unwanted) expect(all).not.toContain(text);
  });

  it.skipIf(!HAS_KUBECONFORM).each(CASES)('makes what the published schemas allow of %s', (_, values) => {
    expect(faultsBySchemas(rendered(values).text)).toBe('');
  });

  it.skipIf(!HAS_KUBECONFORM)('is held against schemas that refuse what they do not know', () => {
    const { text } = rendered({ httpRoute: { enabled: true, parentRefs: [{ name: 'a', gateway: 'b' }] } });
    expect(faultsBySchemas(text)).toContain("additional properties 'gateway' not allowed");
    expect(faultsBySchemas(text.replace('kind: HTTPRoute', 'kind: GRPCRoute'))).toContain('could not find schema');
  });

  it('has examples in the docs', () => {
    expect(EXAMPLES.length).toBeGreaterThan(4);
  });

  it('hands the dashboards on untouched', () => {
    const { objects } = rendered({ dashboards: { enabled: true } });
    for (const name of Object.keys(DASHBOARDS)) {
      const found = objects.find(({ metadata }) => metadata.name.endsWith(`-dashboard-${name}`));
      const file = readFileSync(`${ROOT}grafana/dashboards/${name}.json`, 'utf8');
      expect(found?.data[`genesis-${name}.json`]).toBe(file);
      expect(file).toContain('{{');
    }
  });

  it.each(EXAMPLES)(
    'makes what the published schemas allow of the example in docs/kubernetes.md, line %s',
    (_, text) => {
      const { status, output } = runHelm(parse(text));
      expect(status, output).toBe(0);
      if (HAS_KUBECONFORM) expect(faultsBySchemas(output)).toBe('');
    },
  );

  it.each(REFUSED)('refuses %s', (_, values, problem) => {
    const { status, output } = runHelm(values);
    expect(status).not.toBe(0);
    expect(output).toContain(problem);
  });
});
