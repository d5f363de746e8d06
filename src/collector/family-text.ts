import { type Metric, Registry } from 'prom-client';
import { FAMILIES } from './metrics-table.ts';
import { type SharedSample, type ShownNode, samplesOf } from './shown-node.ts';
import type { YieldIfDue } from './yielder.ts';

/** The sample lines of one family for some nodes. `family` is its index in the table. Each line ends with a newline; empty without samples. */
export type RenderFamily = (family: number, nodes: readonly ShownNode[], yieldIfDue: YieldIfDue) => Promise<string>;

/** Most samples that prom-client renders in one call. */
const MAX_SAMPLES = 1000;

/** A renderer with a registry of its own. Its metric objects return the samples that are rendered next. */
export function createFamilyRenderer(): RenderFamily {
  const registry = new Registry();
  let pending: readonly SharedSample[] = [];

  for (const { name, help, type } of FAMILIES) {
    const metric = { name, help, type, get: () => ({ name, help, type, values: pending }) };
    // registerMetric's type asks for a class of prom-client; this object has every member that prom-client reads.
    registry.registerMetric(metric as unknown as Metric);
  }

  async function linesOf(name: string, samples: readonly SharedSample[]): Promise<string> {
    if (samples.length === 0) return '';
    // The registry reads them synchronously, before other work can change them.
    pending = samples;
    const text = await registry.getSingleMetricAsString(name);
    const endOfHelp = text.indexOf('\n');
    return `${text.slice(text.indexOf('\n', endOfHelp + 1) + 1)}\n`;
  }

  return async (index, nodes, yieldIfDue) => {
    const family = FAMILIES[index];
    if (family === undefined) throw new Error(`no family ${index}`);
    let text = '';
    let samples: SharedSample[] = [];
    for (const node of nodes) {
      for (const sample of samplesOf(family, node)) samples.push(sample);
      if (samples.length < MAX_SAMPLES) continue;
      text += await linesOf(family.name, samples);
      samples = [];
      await yieldIfDue();
    }
    return text + (await linesOf(family.name, samples));
  };
}
