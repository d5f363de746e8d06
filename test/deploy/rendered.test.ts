import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runTool } from '../helpers/promtool.ts';
import { CHART, runHelm } from './chart.ts';
import { hasRenderer, headOf, RENDERINGS, render, renderedPath } from './manifests.ts';
import { faultsBySchemas } from './schemas.ts';

describe.each(RENDERINGS)('the rendering $name', (rendering) => {
  it.skipIf(!hasRenderer(rendering.tool))('is what its tool makes', async () => {
    await expect(headOf(rendering) + render(rendering)).toMatchFileSnapshot(renderedPath(rendering.name));
  });

  it('was made from the sources as they are', () => {
    expect(readFileSync(renderedPath(rendering.name), 'utf8').startsWith(headOf(rendering))).toBe(true);
  });
});

it.skipIf(!hasRenderer('kubeconform', ['-v']))('all renderings are valid by the published schemas', () => {
  for (const { name } of RENDERINGS) expect(faultsBySchemas(readFileSync(renderedPath(name), 'utf8')), name).toBe('');
});

describe.skipIf(!hasRenderer('helm'))('helm', () => {
  it.each(['central', 'full', 'sidecar'])('finds no fault with the chart: %s', (values) => {
    const { status, output } = runTool('helm', [
      'lint',
      '--strict',
      `--values=${CHART}ci/${values}-values.yaml`,
      CHART,
    ]);
    expect(status, output).toBe(0);
  });

  it.each([
    ['a misspelt value', 'replicaz=2', "additional properties 'replicaz' not allowed"],
    ['an unknown shape', 'shape=both', "value must be one of 'central', 'sidecar'"],
    ['half a digest', 'image.digest=sha256:12', 'does not match pattern'],
    ['a bare interval', 'serviceMonitor.interval=15', "at '/serviceMonitor/interval'"],
  ])('refuses %s', (_, value, problem) => {
    const { status, output } = runHelm({}, `--set=${value}`);
    expect(status).not.toBe(0);
    expect(output).toContain(problem);
  });
});
