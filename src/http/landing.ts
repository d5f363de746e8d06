import type { FastifyInstance } from 'fastify';
import type { HttpDeps } from './deps.ts';
import { NO_QUERY } from './errors.ts';

/** `/`: what there is to read here. */
export function registerLanding(app: FastifyInstance, { telemetryPath, version }: HttpDeps): void {
  const links = [
    ['/health/status', 'health of all nodes and processes, in the JSON of the Genesis health endpoint'],
    [telemetryPath, 'metrics for Prometheus'],
    ['/config', 'running configuration, secrets masked'],
    ['/-/healthy', 'is the exporter itself healthy'],
    ['/-/ready', 'has every node been probed once'],
  ].map(([path, text]) => `<li><a href="${path}">${path}</a> ${text}</li>`);
  const html = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>genesis-exporter</title></head>
<body>
<h1>genesis-exporter</h1>
<p>Prometheus exporter for the Genesis platform, version ${version}.</p>
<ul>
${links.join('\n')}
</ul>
</body>
</html>
`;
  app.get('/', { schema: NO_QUERY }, async (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
}
