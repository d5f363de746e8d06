import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { problemsOf } from '../config/parsed.ts';
import { commandsOf } from '../docs/commands.ts';
import { blocksOf, readPages } from '../docs/pages.ts';
import { ROOT } from './manifests.ts';

const PAGES = readPages().map(({ path }) => path);
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

/** The calls of the program in all blocks, be they alone, in a container or in the settings of another program. */
const CALLS = readPages()
  .flatMap(blocksOf)
  .flatMap(({ page, text }) =>
    [
      ...text.matchAll(
        /(?:^|[ &])(?:node dist\/main\.js|genesis-exporter)((?: (?:--(?:config|web|genesis|log|help|version)|demo\b|check\b)[^|#\n]*|$))/gm,
      ),
    ].map(([, args = '']) => [page, args.trim()] as const),
  );

/** The scripts that commands run by npm. */
const RUNS = readPages()
  .flatMap(commandsOf)
  .flatMap(({ place, text }) =>
    [...text.matchAll(/\bnpm run (?:--silent )?(\S+)/g)].map(([, script = '']) => [place, script] as const),
  );

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
    expect(CALLS.filter(([, args]) => args.startsWith('--config.file='))).not.toEqual([]);
    expect(CALLS.length).toBeGreaterThan(8);
    for (const [page, args] of CALLS) {
      const words = args === '' ? [] : args.split(/\s+/);
      expect(() => parseCommandLine(words, {}, '0'), `${page}: ${args}`).not.toThrow();
    }
  });

  it('call scripts of npm and files of the project that there are', () => {
    expect(RUNS.length).toBeGreaterThan(4);
    for (const [place, script] of RUNS) expect(SCRIPTS, place).toContain(script);
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
    expect(Object.keys(parse(values.replaceAll(/^ {4}/gm, '')))).toHaveLength(4);
    for (const key of Object.keys(parse(values.replaceAll(/^ {4}/gm, '')))) expect(known).toHaveProperty(key);
  });

  it('have a README of less than 100 lines, with a picture', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(100);
    expect(read('README.md')).toMatch(/^!\[.+\]\(docs\/images\/\w+\.png\)$/m);
  });
});
