import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain, startMain, temporaryFile } from '../helpers/exporter-process.ts';
import { closedPort } from '../helpers/servers.ts';
import { startStandIn } from '../helpers/stand-in.ts';

function configured(yaml: string): string {
  return `--config.file=${temporaryFile('genesis.yml', `scrape_timeout: 4s\n${yaml}`)}`;
}

describe('a check', () => {
  it('takes a URL, whatever the environment says is to be probed', async () => {
    const { healthUrl } = await startStandIn();
    const env = { GENESIS_EXPORTER_CONFIG_FILE: '/nowhere/genesis.yml', GENESIS_EXPORTER_GENESIS_CLUSTER: 'x' };
    const { code, stdout } = await runMain(['check', healthUrl, '--genesis.node-name=mine', '--output=json'], env);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ nodes: [{ node: 'mine', cluster: '', health_url: healthUrl }] });
  });

  it('probes all nodes at once, and connects to their processes', async () => {
    const [well, hung] = [await startStandIn(), await startStandIn()];
    await well.kill('GENESIS_ROUTER');
    await hung.setHealth({ kind: 'hang' });
    const nodes = Array.from({ length: 20 }, (_, index) => `{name: hung${index}, health_url: "${hung.healthUrl}"}`);
    const file = configured(`
modules: {default: {connect: {processes: all}}}
nodes: [{name: well, health_url: "${well.healthUrl}"}, ${nodes.join(', ')}]
`);
    const startMs = performance.now();
    const { code, stdout } = await runMain(['check', file]);
    expect(performance.now() - startMs).toBeLessThan(10 * 4000);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^well +GENESIS_ROUTER +DOWN +\d+ +refused +\S+ refuses connections: nothing listens there \(.*\)$/m,
    );
    expect(stdout).toMatch(/^well +GENESIS_CLUSTER +UP +\d+ +[\d.]+ ms /m);
    expect(stdout).toMatch(/\n21 nodes: 1 not healthy, 20 no answer\n$/);
  });

  it('is never green when a source of nodes could not be read', async () => {
    const node = await startStandIn();
    const targets = temporaryFile('targets.json', JSON.stringify([{ targets: [new URL(node.healthUrl).host] }]));
    const read = `file_sd_configs: [{files: ["${targets}"]}]\n`;
    const unread = `${read}http_sd_configs: [{url: "http://127.0.0.1:${await closedPort()}/"}]\n`;
    expect(await runMain(['check', configured(read)])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('UP'),
    });
    const { code, stdout, stderr } = await runMain(['check', configured(unread)]);
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: expect.stringMatching(/^http_sd\/0: could not be read\n.*healthy/),
    });
    expect(stderr).toContain('discovery refresh failed');
    const nagios = await runMain(['check', configured(unread), '--output=nagios']);
    expect(nagios).toMatchObject({ code: 3, stdout: expect.stringMatching(/^GENESIS UNKNOWN - http_sd\/0 could not/) });
  });

  it("knows what should run from Genesis' own files", async () => {
    const node = await startStandIn();
    const home = dirname(temporaryFile('x', ''));
    mkdirSync(`${home}/generated/cfg`, { recursive: true });
    writeFileSync(`${home}/generated/cfg/processes.xml`, '<processes><process name="NOT_THERE"/></processes>');
    const missing = await runMain(['check', node.healthUrl, `--genesis.home=${home}`]);
    expect(missing).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/NOT_THERE +DOWN +not in Genesis' answer/),
    });
    const unreadable = await runMain(['check', node.healthUrl, '--genesis.home=/nowhere/run']);
    expect(unreadable).toMatchObject({ code: 0, stdout: expect.stringContaining('what should run is not known') });
  });

  it('shows no secret', async () => {
    const node = await startStandIn();
    await node.setHealth({ kind: 'answer', statusCode: 401 });
    const url = node.healthUrl.replace('http://', 'http://user:secret@');
    const runs = ['table', 'json', 'nagios'].map((output) =>
      runMain(['check', `${url}?token=secret`, `--output=${output}`, '--log.level=debug']),
    );
    for (const { code, stdout, stderr } of await Promise.all(runs)) {
      expect(code).toBeGreaterThan(0);
      expect(stdout).toMatch(/no.answer.*answered 40\d/is);
      expect(stdout + stderr).not.toContain('secret');
    }
  });

  it('that is broken off is no success', async () => {
    const node = await startStandIn();
    await node.setHealth({ kind: 'hang' });
    const { kill, ended } = startMain(['check', node.healthUrl]);
    await expect.poll(() => node.healthCounts.requests, { timeout: 20_000 }).toBe(1);
    kill('SIGINT');
    expect((await ended).code).toBe(130);
  });
});
