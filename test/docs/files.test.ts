import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOf } from '../config/parsed.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { hasPromtool, runTool } from '../helpers/promtool.ts';
import { blocksOf, readPages } from './pages.ts';

const YAML = readPages()
  .flatMap(blocksOf)
  .filter(({ kind }) => kind === 'yaml');
const CONFIGS = YAML.filter(({ text }) => /^# genesis\.yml\b/.test(text));
const SCRAPES = YAML.filter(({ text }) => Object.hasOwn(parse(text), 'scrape_configs'));

describe('files that the docs show', () => {
  it.each(CONFIGS.map(({ page, line, text }) => [`${page}:${line}`, text]))('are configurations: %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.skipIf(!hasPromtool()).each(SCRAPES.map(({ page, line, text }) => [`${page}:${line}`, text]))(
    'are such as Prometheus takes: %s',
    (_, text) => {
      // Debian's Prometheus is built without the discovery of Kubernetes.
      const known = text.replace(/kubernetes_sd_configs: \[.*\]/, 'static_configs: []');
      const { status, output } = runTool('promtool', [
        'check',
        'config',
        '--syntax-only',
        temporaryFile('prometheus.yml', known),
      ]);
      expect(status, output).toBe(0);
    },
  );

  it('are some', () => {
    expect(CONFIGS.length).toBeGreaterThan(0);
    expect(SCRAPES.length).toBeGreaterThan(2);
  });
});
