import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { hasDnsmasq, startDnsmasq } from '../helpers/dnsmasq.ts';
import { eventually, temporaryFile } from '../helpers/exporter-process.ts';
import { canMount, startMounted } from '../helpers/mounted.ts';
import { family, readHealth, readMetrics } from '../helpers/reading.ts';
import { listen } from '../helpers/servers.ts';

const SERVICE = '_health._tcp.genesis.test';

/** A pod of a StatefulSet on one loopback address, whose only process has this name. */
async function startPod(host: string, port: number, process: string) {
  const rows = JSON.stringify([{ PROCESS_NAME: process, STATUS: 'UP', MESSAGE: '', PORT: 9000 }]);
  const server = createServer((_request, response) => response.writeHead(200, { connection: 'close' }).end(rows));
  const listening = await listen(server, { host, port });
  const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port: listening.port, stop };
}

/** An address of loopback where port 53 is free. */
function dnsAddress(): string {
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `127.${part()}.${part()}.${part()}`;
}

it.skipIf(!hasDnsmasq() || !canMount())(
  'a pod of a headless Service that comes back with another address stays the same node; DNS that fails takes no node away',
  async () => {
    const first = await startPod('127.0.0.1', 0, 'FIRST');
    const { port } = first;
    const address = dnsAddress();
    const at = (pod: string) => [
      `srv-host=${SERVICE},genesis-0.genesis.test,${port}`,
      `host-record=genesis-0.genesis.test,${pod}`,
    ];
    let dns = await startDnsmasq(address, 53, at('127.0.0.1'));
    const config = `
scrape_interval: 1s
scrape_timeout: 500ms
dns_sd_configs: [{names: [${SERVICE}], refresh_interval: 1s}]
`;
    const resolvConf = temporaryFile('resolv.conf', `nameserver ${address}\noptions timeout:1 attempts:1\n`);
    const flags = [`--config.file=${temporaryFile('genesis.yml', config)}`];
    const url = await startMounted(`--bind ${resolvConf} /etc/resolv.conf`, flags);
    const node = `genesis-0.genesis.test:${port}`;
    const shows = (code: number, process: string) =>
      eventually(async () => {
        const answer = await readHealth(url).catch(() => undefined);
        expect(answer).toMatchObject({
          code,
          rows: expect.arrayContaining([expect.objectContaining({ PROCESS_NAME: process, STATUS: 'UP' })]),
        });
      });
    const probes = async () => (await readMetrics(url)).get(`genesis_probes_total{genesis_node="${node}"}`) ?? 0;
    const refreshed = async () =>
      (await readMetrics(url)).get('genesis_exporter_discovery_last_refresh_successful{source="dns_sd/0"}');
    await shows(200, 'FIRST');
    const before = await probes();
    expect(before).toBeGreaterThan(0);

    await first.stop();
    await startPod('127.0.0.2', port, 'SECOND');
    await dns.stop();
    dns = await startDnsmasq(address, 53, at('127.0.0.2'));
    // The process of the pod before is missing from the answer of the new one.
    await shows(503, 'SECOND');
    expect(await probes()).toBeGreaterThan(before);

    await dns.stop();
    await eventually(async () => expect(await refreshed()).toBe(0));
    expect(family(await readMetrics(url), 'genesis_node_info')).toHaveLength(1);
    // Without an address the node cannot be asked, and its evidence does not stay green.
    await eventually(async () => {
      const { rows } = await readHealth(url);
      expect(rows.map(({ STATUS }) => STATUS)).not.toContain('UP');
      expect(rows.length).toBeGreaterThan(0);
    });

    await startDnsmasq(address, 53, []);
    await eventually(async () => expect(family(await readMetrics(url), 'genesis_node_info')).toHaveLength(0));
    await eventually(async () => expect(await refreshed()).toBe(1));
  },
);
