import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './manifests.ts';

const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const { version, engines } = JSON.parse(read('package.json'));
const { packages } = JSON.parse(read('package-lock.json'));
const WORKFLOWS = readdirSync(`${ROOT}.github/workflows`).map((name) => `.github/workflows/${name}`);
const CHECK = parse(read('.github/workflows/check.yml'));
const RELEASE = parse(read('.github/workflows/release.yml'));

/** Each place that names the version, and how it reads there. */
const VERSIONS: readonly (readonly [string, RegExp])[] = [
  ['package-lock.json', /^ {2}"version": "(.+)"/m],
  ['Dockerfile', /^ARG VERSION=(.+)$/m],
  ['deploy/helm/genesis-exporter/Chart.yaml', /^version: (.+)$/m],
  ['deploy/helm/genesis-exporter/Chart.yaml', /^appVersion: (.+)$/m],
  ['deploy/kubernetes/overlays/central/kustomization.yaml', /newTag: (.+)\}/],
  ['deploy/kubernetes/overlays/sidecar/kustomization.yaml', /newTag: (.+)\}/],
];

describe('a release', () => {
  it.each(VERSIONS)('has one version everywhere: %s %s', (path, pattern) => {
    expect(pattern.exec(read(path))?.[1]).toBe(version);
  });

  it('is described in the changelog: what is new on top, or the version itself', () => {
    const [first] = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
    expect(first).toMatch(new RegExp(`^(?:Unreleased|${version.replaceAll('.', '\\.')}\\b.*)$`));
    for (const line of read('CHANGELOG.md').match(/^- .*$/gm) ?? []) {
      expect(line).toMatch(/^- \[(?:CHANGE|FEATURE|ENHANCEMENT|BUGFIX)\] /);
    }
  });

  it('makes its list of what changed of that changelog, its image and its chart with that version', () => {
    const steps = JSON.stringify(RELEASE.jobs);
    for (const part of [
      '--notes-file CHANGELOG.md',
      'VERSION=',
      'REVISION=',
      'helm push',
      'npm publish --provenance',
    ]) {
      expect(steps).toContain(part);
    }
    expect(steps).toContain('linux/amd64,linux/arm64');
    expect(Object.values(RELEASE.jobs)).toSatisfy((jobs: { needs?: string }[]) =>
      jobs.slice(1).every(({ needs }) => needs),
    );
  });
});

describe('.github/workflows/', () => {
  it('runs the same check as everywhere, on each Node.js that is promised', () => {
    expect(CHECK.jobs.check.strategy.matrix.node).toEqual([20, 22, 24, 26]);
    expect(engines.node).toBe('>=20.19');
    expect(CHECK.jobs.check.steps.at(-1)).toEqual({ run: '.ci/run' });
    expect(RELEASE.jobs.check.uses).toBe('./.github/workflows/check.yml');
  });

  it.each(WORKFLOWS)('gives a job no more rights than it needs: %s', (path) => {
    expect(parse(read(path)).permissions).toEqual({ contents: 'read' });
  });

  it.each(WORKFLOWS)('lets no outside text into a shell: %s', (path) => {
    for (const run of read(path).match(/run: .*/g) ?? []) {
      expect(run).not.toMatch(/\$\{\{ *github\.(?:event|head_ref|ref_name)/);
    }
  });
});

describe('native modules', () => {
  type Package = { os?: string[]; cpu?: string[]; libc?: string[]; dev?: boolean; hasInstallScript?: boolean };
  const production: [string, Package][] = Object.entries<Package>(packages).filter(([, { dev }]) => !dev);

  it.each([
    ['x64', 'glibc'],
    ['x64', 'musl'],
    ['arm64', 'glibc'],
    ['arm64', 'musl'],
  ])('are there ready-made for linux on %s with %s', (cpu, libc) => {
    const native = production.filter(([, entry]) => entry.os?.includes('linux') && entry.cpu?.includes(cpu));
    expect(native.filter(([, entry]) => entry.libc?.includes(libc)).map(([path]) => path)).toEqual([
      `node_modules/@node-rs/bcrypt-linux-${cpu}-${libc === 'musl' ? 'musl' : 'gnu'}`,
    ]);
  });

  it('are never compiled by whoever installs', () => {
    expect(production.length).toBeGreaterThan(50);
    expect(production.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });
});
