import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { SAMPLE_PROCESSES } from '../../src/stand-in/sample-processes.ts';
import { endWithParent } from './say.ts';

/** What the fleet is told, as JSON in its argument. */
export interface FleetOptions {
  readonly nodes: number;
  /** The first so many never answer. */
  readonly hanging: number;
  /** All processes change their state this often; 0 for never. */
  readonly changeMs: number;
  /** How often each node should be asked. */
  readonly intervalMs: number;
}

/** What the fleet answers when it is asked how it was probed since it was last asked. */
export interface FleetRecord {
  /** Requests of the nodes that answer. */
  readonly requests: number;
  /** By how much the latest of them came later than one interval after the one before. */
  readonly latestMs: number;
}

const HOSTS = 16;

// Many nodes of eight processes, on sixteen addresses of loopback with nine ports each: the nodes of one address differ in their paths.
endWithParent();
const { nodes, hanging, changeMs, intervalMs }: FleetOptions = JSON.parse(process.argv[2] ?? '');
const lastMs = new Map<string, number>();
let requests = 0;
let latestMs = 0;

async function listen(server: Server, host: string): Promise<number> {
  server.listen({ host, port: 0, backlog: 4096 });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startHost(host: string): Promise<string> {
  const ports: number[] = [];
  for (const _ of SAMPLE_PROCESSES) {
    ports.push(
      await listen(
        createServer({ noDelay: true }, (socket) =>
          socket
            .on('error', () => {})
            .end()
            .resume(),
        ),
        host,
      ),
    );
  }
  const bodyOf = (status: string): Buffer => {
    const rows = SAMPLE_PROCESSES.map(({ name, message = '' }, index) => {
      return { PROCESS_NAME: name, STATUS: status, MESSAGE: message, PORT: ports[index] };
    });
    return Buffer.from(JSON.stringify(rows));
  };
  const [well, down] = [bodyOf('UP'), bodyOf('DOWN')];
  const headOf = (body: Buffer) => ['content-type', 'application/json', 'content-length', String(body.length)];
  const heads = new Map([well, down].map((body) => [body, headOf(body)]));
  const server = createHttpServer({ keepAliveTimeout: 0 }, ({ url = '' }, response) => {
    if (Number(url.split('/')[1]) < hanging) return;
    note(url);
    const body = changeMs > 0 && Math.floor(performance.now() / changeMs) % 2 === 1 ? down : well;
    response.writeHead(200, heads.get(body));
    response.end(body);
  });
  server.requestTimeout = 0;
  return `http://${host}:${await listen(server, host)}`;
}

function note(url: string): void {
  const nowMs = performance.now();
  const before = lastMs.get(url);
  lastMs.set(url, nowMs);
  requests += 1;
  if (before !== undefined) latestMs = Math.max(latestMs, nowMs - before - intervalMs);
}

const origins: string[] = [];
for (let index = 0; index < HOSTS; index++) origins.push(await startHost(`127.91.0.${index + 1}`));
process.on('message', () => {
  const record: FleetRecord = { requests, latestMs };
  requests = 0;
  latestMs = 0;
  process.send?.(record);
});
console.log(
  JSON.stringify(Array.from({ length: nodes }, (_, index) => `${origins[index % HOSTS]}/${index}/health/status`)),
);
