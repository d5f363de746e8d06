import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { endWithParent, sayUrl } from './say.ts';

const SAMPLE = /^(genesis_(?!exporter_)\w+|probe_\w+)(?:\{(.*)\})? (\S+)$/gm;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

// What one would write without thinking: gauges that are set, and a registry that renders them for each scrape. The series are
// those of the page in the file that is its argument.
endWithParent();
const registry = new Registry();
collectDefaultMetrics({ register: registry });
const gauges = new Map<string, Gauge>();
for (const [, name = '', text = '', value] of readFileSync(process.argv[2] ?? '', 'utf8').matchAll(SAMPLE)) {
  const labels = Object.fromEntries([...text.matchAll(LABEL)].map(([, label = '', is = '']) => [label, is]));
  const labelNames = Object.keys(labels);
  const gauge = gauges.get(name) ?? new Gauge({ name, help: name, labelNames, registers: [registry] });
  gauges.set(name, gauge);
  gauge.set(labels, Number(value));
}

const app = Fastify();
app.get('/metrics', async (_request, reply) => {
  reply.header('content-type', registry.contentType);
  return registry.metrics();
});
await app.listen({ host: '127.0.0.1', port: 0 });
sayUrl(app.server);
