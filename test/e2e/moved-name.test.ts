import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { eventually, temporaryFile } from '../helpers/exporter-process.ts';
import { canMount, startMounted } from '../helpers/mounted.ts';
import { readHealth } from '../helpers/reading.ts';
import { listen } from '../helpers/servers.ts';

/** A health endpoint on one loopback address, whose only process has this name and STATUS. */
async function startMachine(host: string, port: number, name: string, status: string) {
  const rows = JSON.stringify([{ PROCESS_NAME: name, STATUS: status, MESSAGE: '', PORT: 9000 }]);
  const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => response.end(rows));
  return listen(server, { host, port });
}

it.skipIf(!canMount())(
  'follows a name of the hosts file to another machine at once, though the old one still runs',
  async () => {
    const old = await startMachine('127.0.0.1', 0, 'OLD', 'UP');
    await startMachine('127.0.0.2', old.port, 'NEW', 'DOWN');
    const hosts = temporaryFile('hosts', '127.0.0.1 moving.test\n');
    const config = temporaryFile(
      'genesis.yml',
      `{scrape_interval: 1s, scrape_timeout: 500ms, nodes: [{name: a, health_url: "http://moving.test:${old.port}/"}]}`,
    );
    const url = await startMounted(`--bind ${hosts} /etc/hosts`, [`--config.file=${config}`]);
    const shows = (code: number, name: string) =>
      eventually(async () => {
        const answer = await readHealth(url).catch(() => undefined);
        expect(answer).toMatchObject({ code, rows: [{ PROCESS_NAME: name }] });
      });
    await shows(200, 'OLD');
    // The file stays the same one, since it is the mounted one.
    writeFileSync(hosts, '127.0.0.2 moving.test\n');
    await eventually(async () => {
      const { code, rows } = await readHealth(url);
      expect({ code, rows }).toMatchObject({
        code: 503,
        rows: [
          { PROCESS_NAME: 'NEW', STATUS: 'DOWN' },
          { PROCESS_NAME: 'OLD', STATUS: 'DOWN' },
        ],
      });
    });
  },
);
