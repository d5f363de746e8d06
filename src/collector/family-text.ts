import { type Metric, Registry } from 'prom-client';
import type { Breathe } from './breather.ts';
import { FAMILIES } from './metrics-table.ts';
import { type SharedSample, type ShownNode, samplesOf } from './shown-node.ts';

/** The sample lines of a family, given by its place in the table, for some nodes: each ended by a newline, none where there are no samples. */
export type RenderFamily = (family: number, nodes: readonly ShownNode[], breathe: Breathe) => Promise<string>;

/** Rendered in one go. */
const MAX_SAMPLES = 1000;

/** A renderer with one registry, whose metric objects have the samples that are to be rendered next. */
export function createFamilyRenderer(): RenderFamily {
  const registry = new Registry();
  let pending: readonly SharedSample[] = [];

  for (const { name, help, type } of FAMILIES) {
    const metric = { name, help, type, get: () => ({ name, help, type, values: pending }) };
    // registerMetric's type wants an instance of prom-client's own classes; all that it and the rendering use is here.
    registry.registerMetric(metric as unknown as Metric);
  }

  async function linesOf(name: string, samples: readonly SharedSample[]): Promise<string> {
    if (samples.length === 0) return '';
    // The registry takes them before anything else can run.
    pending = samples;
    const text = await registry.getSingleMetricAsString(name);
    const endOfHelp = text.indexOf('\n');
    return `${text.slice(text.indexOf('\n', endOfHelp + 1) + 1)}\n`;
  }

  return async (index, nodes, breathe) => {
    const family = FAMILIES[index];
    if (family === undefined) throw new Error(`no family ${index}`);
    let text = '';
    let samples: SharedSample[] = [];
    for (const node of nodes) {
      for (const sample of samplesOf(family, node)) samples.push(sample);
      if (samples.length < MAX_SAMPLES) continue;
      text += await linesOf(family.name, samples);
      samples = [];
      await breathe();
    }
    return text + (await linesOf(family.name, samples));
  };
}
