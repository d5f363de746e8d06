import { expect, test } from 'vitest';
import { endpoint, healthUrl, probeOnce, ROWS } from '../helpers/prober-options.ts';
import { startHttpServer, startTcpServer, until } from '../helpers/servers.ts';

const MAX_BODY_BYTES = 10_000;
const BLOCK = Buffer.alloc(65_536, ' ');

test('a body of exactly the cap is read', async () => {
  const server = await startHttpServer((_, response) => response.end(ROWS.padEnd(MAX_BODY_BYTES)));
  const result = await probeOnce(endpoint(healthUrl(server), { maxBodyBytes: MAX_BODY_BYTES }));
  expect(result).toMatchObject({ kind: 'good' });
});

test.each([200, 503])('one byte more than the cap is refused with a %d', async (code) => {
  const server = await startHttpServer((_, response) => response.writeHead(code).end(ROWS.padEnd(MAX_BODY_BYTES + 1)));
  const url = healthUrl(server);
  const result = await probeOnce(endpoint(url, { maxBodyBytes: MAX_BODY_BYTES }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'body_too_large', statusCode: code });
  expect(result).toHaveProperty('detail', `health endpoint ${url}: the body is larger than max_body_bytes (10000)`);
});

test('an announced length over the cap is refused before the body comes', async () => {
  const server = await startTcpServer((socket) => {
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n'));
  });
  const result = await probeOnce(endpoint(healthUrl(server), { maxBodyBytes: MAX_BODY_BYTES }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'body_too_large' });
  await until(() => server.openCount() === 0);
});

test('a body without end is cut off, not buffered', async () => {
  const server = await startHttpServer((_, response) => {
    const pump = (): void => {
      while (response.write(BLOCK));
    };
    response.on('drain', pump);
    pump();
  });
  const result = await probeOnce(endpoint(healthUrl(server), { maxBodyBytes: 1_000_000 }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'body_too_large' });
  await until(() => server.openCount() === 0);
  // What was sent is the cap and what the sockets on both sides hold, far from a hundred megabytes.
  expect(server.accepted[0]?.bytesWritten).toBeLessThan(30_000_000);
});

test('a long body of another code costs the connection, not its reading', async () => {
  const server = await startHttpServer((_, response) => {
    response.writeHead(404);
    const pump = (): void => {
      while (response.write(BLOCK));
    };
    response.on('drain', pump);
    pump();
  });
  const result = await probeOnce(endpoint(healthUrl(server)));
  expect(result).toMatchObject({ kind: 'failed', reason: 'http_status', statusCode: 404 });
  await until(() => server.openCount() === 0);
});

test('a body in single bytes is read', async () => {
  const server = await startHttpServer((_, response) => {
    for (const character of ROWS) response.write(character);
    response.end();
  });
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'good' });
});

test('a byte order mark and bytes that are no UTF-8 do not spoil an answer', async () => {
  const rows = '[{"PROCESS_NAME":"A","STATUS":"UP","MESSAGE":"caf\xe9"}]';
  const server = await startHttpServer((_, response) => {
    response.end(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(rows, 'latin1')]));
  });
  const result = await probeOnce(endpoint(healthUrl(server)));
  expect(result).toMatchObject({ kind: 'good', report: { processes: [{ name: 'A', message: 'caf\uFFFD' }] } });
});
