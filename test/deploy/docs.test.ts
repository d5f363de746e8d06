import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseCommandLine } from '../../src/cli.ts';
import { problemsOf } from '../config/parsed.ts';
import { ROOT } from './manifests.ts';

const PAGES = ['', 'docs/', 'docs/runbooks/', 'prometheus/'].flatMap((folder) =>
  readdirSync(ROOT + folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name),
);
const read = (path: string) => readFileSync(ROOT + path, 'utf8');
const SCRIPTS = Object.keys(JSON.parse(read('package.json')).scripts);

/** The links of a page that stay within the project. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^\w+:/.test(link));
}

/** The anchors of a page's headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

/** The lines of a page's blocks of code, without their comments. */
function codeOf(text: string): readonly string[] {
  return (text.match(/^ {4,}\S.*$|^```\w*\n[\s\S]*?^```$/gm) ?? [])
    .flatMap((block) => block.split('\n'))
    .map((line) => line.trim().replace(/\s+#.*$/, ''));
}

/** The commands of a line, which may have several parted by `&&`. */
const COMMANDS = PAGES.flatMap((page) =>
  codeOf(read(page)).flatMap((line) => line.split(/ (?:&&|\|) /).map((command) => [page, command.trim()] as const)),
);

function commandsWith(start: RegExp): readonly (readonly [string, string])[] {
  return COMMANDS.filter(([, command]) => start.test(command));
}

describe('the docs', () => {
  it.each(PAGES)('link to what there is: %s', (page) => {
    for (const link of linksOf(read(page))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      expect(existsSync(ROOT + target), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(target)), link).toContain(anchor);
    }
  });

  it('are all found from the README in two steps, runbooks in three', () => {
    const reached = new Set(['README.md']);
    for (const _ of ['README', 'pages', 'runbooks']) {
      for (const page of [...reached].filter((path) => path.endsWith('.md'))) {
        for (const link of linksOf(read(page))) reached.add(join(dirname(page), link.split('#', 1)[0] ?? ''));
      }
    }
    expect(
      PAGES.filter((page) => page.startsWith('docs/') && !page.includes('runbooks') && !reached.has(page)),
    ).toEqual([]);
  });

  it('call genesis-exporter with flags that there are', () => {
    const calls = commandsWith(/^(?:node dist\/main\.js|genesis-exporter)(?: -| demo| check|$)/);
    expect(calls.length).toBeGreaterThan(1);
    for (const [page, command] of calls) {
      const args = command.split(/\s+/).slice(command.startsWith('node') ? 2 : 1);
      expect(() => parseCommandLine(args, {}, '0'), `${page}: ${command}`).not.toThrow();
    }
  });

  it('call scripts of npm and files of the project that there are', () => {
    const scripts = commandsWith(/^npm run /);
    expect(scripts.length).toBeGreaterThan(2);
    for (const [page, command] of scripts)
      expect(SCRIPTS, `${page}: ${command}`).toContain(/^npm run (?:--silent )?(\S+)/.exec(command)?.[1]);
    const paths = PAGES.flatMap((page) => [
      ...read(page).matchAll(/(?<![\w./-])(?:deploy|grafana|prometheus|test)\/[\w./-]+\w/g),
    ]);
    expect(paths.length).toBeGreaterThan(20);
    for (const [path] of paths) if (!/^grafana\/grafana/.test(path)) expect(existsSync(ROOT + path), path).toBe(true);
  });

  it('have a configuration for containers that loads, and values that the chart knows', () => {
    const [, config = ''] = /genesis\.yml <<EOF\n([\s\S]*?)\n +EOF/.exec(read('docs/install.md')) ?? [];
    expect(config).toContain('trading-a');
    expect(problemsOf(config.replaceAll(/^ {4}/gm, ''))).toEqual([]);
    const [values = ''] = /^ {4}# values\.yaml\n(?: {4}.*\n)+/m.exec(read('docs/kubernetes.md')) ?? [];
    const known = parse(read('deploy/helm/genesis-exporter/values.yaml'));
    expect(Object.keys(parse(values.replaceAll(/^ {4}/gm, '')))).toHaveLength(5);
    for (const key of Object.keys(parse(values.replaceAll(/^ {4}/gm, '')))) expect(known).toHaveProperty(key);
  });

  it('have a README of one screen, with a picture', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(60);
    expect(read('README.md')).toMatch(/^!\[.+\]\(docs\/images\/\w+\.png\)$/m);
  });
});
