import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { DASHBOARDS } from '../../grafana/src/dashboards.ts';
import { readPages } from '../docs/pages.ts';
import { runHelm } from './chart.ts';
import { CLAIM, MAIN } from './chart-values.ts';
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

/** `helm template` has no notes: an object that has them. */
const NOTES = `apiVersion: v1
kind: ConfigMap
metadata: {name: notes}
data:
  text: {{ include "genesis-exporter/templates/NOTES.txt" . | toJson }}`;

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

  it('has a container for Genesis pods that follows prefix and storage, as a dependency and in the notes', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: genesis}
spec:
  containers:
    - {{ include "genesis-exporter.sidecar" . | nindent 6 | trim }}
  volumes: [{name: home, emptyDir: {}}, {name: mem, emptyDir: {}}]`;
    const values = { shape: 'sidecar', sidecar: { homeVolume: 'home', storageVolume: 'mem' }, ...MAIN };
    const { objects, text } = rendered({ ...values, extraArgs: ['--log.level=debug'], extraObjects: [pod, NOTES] });
    expect(objects.find(({ kind }) => kind === 'Pod')?.spec.containers[0]).toMatchObject({
      args: [
        '--genesis.home=/genesis/run',
        '--storage.path=/var/lib/genesis-exporter',
        '--web.external-url=https://ops.example.com/genesis/',
        '--log.level=debug',
      ],
      volumeMounts: [{ mountPath: '/genesis/run' }, { name: 'mem', mountPath: '/var/lib/genesis-exporter' }],
      livenessProbe: { httpGet: { path: '/genesis/-/healthy' } },
    });
    if (HAS_KUBECONFORM) expect(faultsBySchemas(text)).toBe('');
    const notes = objects.find(({ metadata }) => metadata.name === 'notes')?.data['text'];
    expect(notes).toContain('  - {name: mem, emptyDir: {sizeLimit: 2Gi}}');
    expect(notes).toContain("path: '/genesis/health/status?process=GENESIS_ROUTER'");
  });

  it.each([
    [{}, 'Its memory ends with the pod; `persistence.enabled=true` keeps it on a claim.'],
    [CLAIM, 'Its memory is on the claim x-genesis-exporter.'],
    [MAIN, 'Then open http://127.0.0.1:14569/genesis/ '],
    [MAIN, 'From outside: https://ops.example.com/genesis/'],
  ])('notes what comes of %o', (values, line) => {
    const { objects } = rendered({ ...values, extraObjects: [NOTES] });
    expect(objects.find(({ metadata }) => metadata.name === 'notes')?.data['text']).toContain(line);
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
