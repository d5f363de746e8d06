import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPages } from '../docs/pages.ts';
import { RENDERINGS, ROOT, readManifests } from './manifests.ts';

const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const { version, repository } = JSON.parse(read('package.json'));
const PROJECT = /^git\+(https:\/\/github\.com\/([\w-]+)\/[\w-]+)\.git$/.exec(repository.url);
const [, ADDRESS = '', OWNER = ''] = PROJECT ?? [];

/** What release.yml publishes when the project is where package.json says. */
const IMAGE = ADDRESS.replace('https://github.com/', 'ghcr.io/');

/** The names that stand for the reader's own: a local build, and a registry of theirs. */
const OWN = ['genesis-exporter', 'registry.example/genesis-exporter'];

function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'image' && typeof one === 'string' ? [one] : imagesIn(one),
  );
}

describe("the image's name", () => {
  it('is made by the release workflow of where the project is', () => {
    const { jobs } = parse(read('.github/workflows/release.yml'));
    const { with: push } = jobs.image.steps.at(-1);
    const tags: readonly string[] = push.tags.trim().split('\n');
    expect(tags.map((tag) => tag.replace(/:[^:]*$/, ''))).toEqual(Array(2).fill(`ghcr.io/\${{ github.repository }}`));
    expect(IMAGE).toMatch(/^ghcr\.io\/[\w-]+\/genesis-exporter$/);
  });

  it.each(['central', 'sidecar'])('is the one of the overlay %s', (overlay) => {
    const { images } = parse(read(`deploy/kubernetes/overlays/${overlay}/kustomization.yaml`));
    expect(images).toEqual([{ name: 'genesis-exporter', newName: IMAGE, newTag: version }]);
  });

  it('is the one of the chart and of the compose file', () => {
    const { image } = parse(read('deploy/helm/genesis-exporter/values.yaml'));
    expect(`${image.registry}/${image.repository}`).toBe(IMAGE);
    expect(parse(read('deploy/compose.yaml')).services['genesis-exporter'].image).toBe(`${IMAGE}:${version}`);
  });

  it('is the one of every rendered container, but where the values set their own registry', () => {
    const images = RENDERINGS.flatMap(({ name }) => imagesIn(readManifests(name)).map((image) => [name, image]));
    expect(images.length).toBeGreaterThan(5);
    for (const [name = '', image = ''] of images) {
      if (name === 'helm-full') expect(image).toMatch(/^registry\.example\/[\w-]+\/genesis-exporter@sha256:0{64}$/);
      else if (!image.startsWith('genesis-application:')) expect(image, name).toBe(`${IMAGE}:${version}`);
    }
  });

  it('is the one of the docs, with the present version, and the chart is beside it', () => {
    const text = readPages()
      .map((page) => page.text)
      .join('\n');
    const named = [...text.matchAll(/(?<![\w/])([\w.-]+(?:\/[\w-]+)*\/genesis-exporter):(\d[\w.-]*\w)/g)];
    expect(named.map(([, name]) => name)).toContain(IMAGE);
    for (const [all, name = '', tag] of named)
      expect([IMAGE, ...OWN].includes(name) && tag === version, all).toBe(true);
    const published = [...text.matchAll(/ghcr\.io\/[\w/-]+\w/g)].map(([name]) => name);
    expect([...new Set(published)].toSorted()).toEqual([`ghcr.io/${OWNER}/charts/genesis-exporter`, IMAGE]);
    expect(read('.github/workflows/release.yml')).toContain('"oci://ghcr.io/$GITHUB_REPOSITORY_OWNER/charts"');
    for (const [all, tag] of text.matchAll(/genesis-exporter[:-](\d+\.\d+\.\d+)/g)) expect(tag, all).toBe(version);
  });

  it('is told by the address that alerts, chart and image name too', () => {
    expect(read('prometheus/rules/genesis-exporter.rules.yml')).toContain(`runbook_url: ${ADDRESS}/blob/main/docs/`);
    expect(parse(read('deploy/helm/genesis-exporter/Chart.yaml')).home).toBe(ADDRESS);
    expect(read('Dockerfile')).toContain(`org.opencontainers.image.source="${ADDRESS}"`);
  });
});
