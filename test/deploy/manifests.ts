import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type parse, parseAllDocuments } from 'yaml';
import { runTool } from '../helpers/promtool.ts';

/** The folder of the project, with a slash at its end. */
export const ROOT = new URL('../../', import.meta.url).pathname;

/** One set of manifests as its tool makes them, kept in `rendered/`. */
export interface Rendering {
  readonly name: string;
  readonly tool: 'helm' | 'kustomize';
  /** The folder with all that the outcome depends on. */
  readonly source: string;
  readonly args: readonly string[];
}

const CHART = 'deploy/helm/genesis-exporter';
const KUBERNETES = 'deploy/kubernetes';

/** Both overlays, and the chart with each of its example values. */
export const RENDERINGS: readonly Rendering[] = [
  ...['central', 'sidecar'].map((overlay) => ({
    name: `kustomize-${overlay}`,
    tool: 'kustomize' as const,
    source: KUBERNETES,
    args: ['build', `${ROOT}${KUBERNETES}/overlays/${overlay}`],
  })),
  ...['central', 'full', 'sidecar'].map((values) => ({
    name: `helm-${values}`,
    tool: 'helm' as const,
    source: CHART,
    args: [
      ...['template', 'monitoring', `${ROOT}${CHART}`, '--namespace=observed', '--kube-version=1.31.0'],
      `--values=${ROOT}${CHART}/ci/${values}-values.yaml`,
    ],
  })),
];

/** A Kubernetes object, as far as the tests look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  /** As free as `parse` gives it: a wrong path fails the test. */
  readonly spec: ReturnType<typeof parse>;
  readonly data: Readonly<Record<string, string>>;
}

/** The objects of a rendering, from `rendered/`. */
export function readManifests(name: string): readonly Manifest[] {
  const documents = parseAllDocuments(readFileSync(renderedPath(name), 'utf8'));
  return documents.map((document) => document.toJS()).filter((object) => object !== null);
}

/** The one object of a kind, with a name that ends so. */
export function one(manifests: readonly Manifest[], kind: string, nameEnd = ''): Manifest {
  const [found, ...others] = manifests.filter(
    (object) => object.kind === kind && object.metadata.name.endsWith(nameEnd),
  );
  if (found === undefined || others.length > 0)
    throw new Error(`${others.length + (found ? 1 : 0)} of ${kind} ${nameEnd}`);
  return found;
}

/** The file that keeps a rendering. */
export function renderedPath(name: string): string {
  return `${ROOT}test/deploy/rendered/${name}.yaml`;
}

// These follow the rules, the dashboards and values.yaml and have tests of their own: a change of a rule needs none of the tools.
const RULE_FILES = /\/(?:prometheus-rule\.yaml|values\.schema\.json|README\.md|dashboards\/\w+\.json)$/;

/** The first line of a rendering: it holds a digest of its sources, so that one made from others is noticed without the tool. */
export function headOf({ source, tool }: Rendering): string {
  const digest = createHash('sha256');
  for (const entry of readdirSync(ROOT + source, { recursive: true, withFileTypes: true }).toSorted(byPath)) {
    const path = `${entry.parentPath}/${entry.name}`;
    if (!entry.isFile() || RULE_FILES.test(path)) continue;
    digest.update(`${path.slice(ROOT.length)}\n`).update(readFileSync(path));
  }
  return `# Made by ${tool} from ${source}, sha256 ${digest.digest('hex')}; anew by \`npx vitest run test/deploy -u\`.\n`;
}

/** What the tool makes now, with the rules themselves left out. */
export function render({ tool, args }: Rendering): string {
  const { status, output } = runTool(tool, args);
  if (status !== 0) throw new Error(output);
  return output.replaceAll(/(?<=\nkind: PrometheusRule\n(?:(?!---).*\n)*?spec:\n)(?:\n| .*\n)*/g, '  groups: []\n');
}

/** Whether a tool for Kubernetes is on the PATH: Debian has none of them, and not every machine. */
export function hasRenderer(tool: string, args: readonly string[] = ['version']): boolean {
  const isThere = runTool(tool, args).status === 0;
  if (!isThere) console.warn(`skipped: no ${tool}`);
  return isThere;
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return `${a.parentPath}/${a.name}` < `${b.parentPath}/${b.name}` ? -1 : 1;
}
