import { once } from 'node:events';
import { get } from 'node:http';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOSTILE_REQUESTS } from '../faults/hostile-requests.ts';
import { eventually, startConfigured } from '../helpers/exporter-process.ts';
import { openRaw, readAll, sendRaw } from '../helpers/raw-client.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const MANY = 1000;

/** An exporter on a healthy node `a`. */
async function startHealthy() {
  const node = await startStandIn();
  const exporter = await startConfigured(`nodes: [{name: a, health_url: "${node.healthUrl}"}]`);
  await eventually(async () => expect((await readHealth(exporter.url)).code).toBe(200));
  return { ...exporter, node };
}

/** A good client that connects anew for each request, again and again until told to stop. */
function startGoodClient(url: string) {
  const codes: (number | undefined)[] = [];
  let isOver = false;
  async function run(): Promise<void> {
    while (!isOver) {
      for (const path of ['/health/status', '/metrics', '/-/healthy']) {
        const [response] = await once(get(`${url}${path}`, { agent: false }), 'response');
        response.resume();
        await once(response, 'end');
        codes.push(response.statusCode);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const running = run();
  /** Gives each code that it had, once it has had `minAnswers`. */
  async function stop(minAnswers: number): Promise<readonly (number | undefined)[]> {
    await eventually(async () => expect(codes.length).toBeGreaterThanOrEqual(minAnswers));
    isOver = true;
    await running;
    return [...new Set(codes)];
  }
  return { stop };
}

it('answers all of 1,000 clients at once', async () => {
  const { url } = await startHealthy();
  const sockets = await Promise.all(Array.from({ length: MANY }, () => openRaw(url)));
  const answers = sockets.map((socket) => {
    socket.write('GET /health/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    return readAll(socket);
  });
  for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1\.1 200 .*"PORT":\d+\}\]$/s);
});

it('serves others while 1,000 clients hold a request each that they never finish, and ends those in time', async () => {
  const { url } = await startHealthy();
  const client = startGoodClient(url);
  const sockets = await Promise.all(Array.from({ length: MANY }, () => openRaw(url)));
  const dribble = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('X: y\r\n');
  }, 1000);
  const answers = sockets.map((socket) => {
    socket.write('GET /metrics HTTP/1.1\r\n');
    return readAll(socket, 30_000);
  });
  const ended = new Set((await Promise.all(answers)).map((answer) => answer.slice(0, 'HTTP/1.1 408'.length)));
  clearInterval(dribble);
  // Whoever still wrote when it was ended may have lost the answer to a reset.
  expect([...ended].filter((answer) => answer !== '')).toEqual(['HTTP/1.1 408']);
  expect(await client.stop(10)).toEqual([200]);
  await eventually(async () => {
    expect((await readMetrics(url)).get('process_open_fds')).toBeLessThan(100);
  });
});

it('serves others while 200 clients read nothing of what they asked for', async () => {
  const { url } = await startHealthy();
  const sockets = await Promise.all(Array.from({ length: 200 }, () => openRaw(url)));
  for (const socket of sockets) {
    socket.pause();
    socket.write('GET /health/status HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(100));
  }
  const client = startGoodClient(url);
  expect(await client.stop(100)).toEqual([200]);
  expect((await readMetrics(url)).get('process_resident_memory_bytes')).toBeLessThan(384 * 2 ** 20);
});

it('answers a client that has closed its own side', async () => {
  const { url, node } = await startHealthy();
  await node.setHealth({ kind: 'slow', delayMs: 300 });
  for (const path of ['/health/status', '/metrics', '/probe?target=a', '/-/healthy']) {
    const answer = await sendRaw(url, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, true);
    expect(answer, path).toMatch(/^HTTP\/1\.1 200 /);
  }
});

it('answers requests that come all at once on one connection in their order', async () => {
  const { url } = await startHealthy();
  const paths = Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? '/-/healthy' : '/nothing'));
  const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join('');
  const answer = await sendRaw(url, requests, true);
  const codes = [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, code]) => code);
  expect(codes).toEqual(paths.map((path) => (path === '/nothing' ? '404' : '200')));
});

it('answers what is no good request with an error of the client, and goes on', async () => {
  const { url, log } = await startHealthy();
  const client = startGoodClient(url);
  for (const [name, bytes, expected] of HOSTILE_REQUESTS) {
    const answer = await sendRaw(url, bytes, true);
    expect(answer, name).toMatch(expected);
    if (answer !== '') expect(answer, name).toMatch(/^x-content-type-options: nosniff\r\n/m);
    if (/^HTTP\/1\.1 4/.test(answer)) expect(answer, name).toMatch(/\r\n\r\n\{"error":"[^"]+.*"\}$/s);
  }
  expect(await client.stop(10)).toEqual([200]);
  expect(log().filter(({ level }) => level === 'error')).toEqual([]);
  // The exporter's own figures are made once a second.
  await eventually(async () => {
    const series = await readMetrics(url);
    expect(series.get('genesis_exporter_internal_errors_total')).toBe(0);
    const counts = family(series, 'genesis_exporter_http_request_duration_seconds_count');
    const routes = counts.map(([key]) => /route="([^"]*)"/.exec(key)?.[1]);
    expect(new Set(routes)).toEqual(new Set(['/-/healthy', '/-/reload', '/health/status', '/metrics', 'other']));
  });
});

it('takes any bytes for what they are', async () => {
  const { url } = await startHealthy();
  const request = 'GET /health/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const mutated = fc
    .tuple(fc.nat(request.length), fc.nat(10), fc.uint8Array({ maxLength: 20 }))
    .map(([start, length, bytes]) =>
      Buffer.concat([Buffer.from(request.slice(0, start)), bytes, Buffer.from(request.slice(start + length))]),
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 500 }), mutated), async (bytes) => {
      expect(await sendRaw(url, bytes, true)).toMatch(/^(HTTP\/1\.1 (200|4\d\d) |$)/);
    }),
    { numRuns: 300 },
  );
  expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
});

it('leaves nothing open of 1,000 clients that break off in the midst of a request', async () => {
  const { url } = await startHealthy();
  const before = (await readMetrics(url)).get('process_open_fds') ?? 0;
  const sockets = await Promise.all(Array.from({ length: MANY }, () => openRaw(url)));
  for (const socket of sockets) {
    socket.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\nGET /metr');
    socket.resetAndDestroy();
  }
  // Until those that broke off are done with, one more may be one too many.
  await eventually(async () => expect((await fetch(`${url}/metrics`)).status).toBe(200));
  await eventually(async () => {
    const series = await readMetrics(url);
    expect(series.get('process_open_fds')).toBeLessThan(before + 20);
    expect(series.get('genesis_exporter_internal_errors_total')).toBe(0);
  });
});
