import { createServer } from 'node:net';
import { Agent } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import {
  eventually,
  runMain,
  startConfigured,
  startExporter,
  startMain,
  temporaryFile,
} from '../helpers/exporter-process.ts';
import { readHealth } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

it('ends within 5 s and with 0 at SIGTERM under load, and cuts no request off', async () => {
  const { healthUrl } = await startStandIn();
  const { kill, url, ended } = await startExporter([`--genesis.health-url=${healthUrl}`]);
  const results: string[] = [];
  const agents = Array.from({ length: 20 }, () => new Agent({ connections: 1 }));
  onTestFinished(async () => void (await Promise.all(agents.map((agent) => agent.destroy()))));

  async function load(agent: Agent): Promise<void> {
    const { hostname, port } = new URL(url);
    const origin = `http://${hostname}:${port}`;
    for (let isClosing = false; !isClosing; ) {
      const { headers, body } = await agent.request({ origin, path: '/metrics', method: 'GET' });
      const text = await body.text();
      results.push(text.endsWith('\n') && text.length === Number(headers['content-length']) ? 'whole' : 'cut off');
      isClosing = headers['connection'] === 'close';
    }
  }
  const clients = agents.map(load);
  await eventually(async () => expect(results.length).toBeGreaterThan(100));
  const startMs = performance.now();
  kill('SIGTERM');
  await Promise.all(clients);
  expect((await ended).code).toBe(0);
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(new Set(results)).toEqual(new Set(['whole']));
});

it('ends while the node hangs', async () => {
  const node = await startStandIn();
  await node.setHealth({ kind: 'hang' });
  const { kill, ended } = await startExporter([`--genesis.health-url=${node.healthUrl}`]);
  kill('SIGINT');
  expect((await ended).code).toBe(0);
});

it('says in one line that its address is taken, and ends with 1', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { code, stderr } = await runMain([`--web.listen-address=127.0.0.1:${port}`]);
  expect(stderr).toBe(`genesis-exporter: cannot listen on 127.0.0.1:${port}: the address is in use\n`);
  expect(code).toBe(1);
});

it.each([
  [['--config.file=/nowhere/genesis.yml'], /^\/nowhere\/genesis\.yml: .*\n$/],
  [['--no-such-flag'], /^genesis-exporter: unknown option '--no-such-flag' .*\n$/],
  [['--log.level=loud'], /^genesis-exporter: .*'loud' is invalid.*\n$/],
  [['--web.listen-address=nonsense'], /^genesis-exporter: .*Expected HOST:PORT.*\n$/],
  [['no-such-command'], /^genesis-exporter: .*\n$/],
  [['--genesis.health-url=ftp://x/'], /^--genesis\.health-url: .*\n$/],
  [['--log.level=debug', 'demo'], /^genesis-exporter: --log.level stands before the command.*\n$/],
  [['demo', '--config.file=x.yml'], /^genesis-exporter: unknown option '--config.file'.*\n$/],
  [['--config.file=x.yml', '--genesis.node-name=a'], /^genesis-exporter: --genesis flags .*\n$/],
])('ends with 2 and one line for %s', async (args, line) => {
  const { code, stderr, stdout } = await runMain(args);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

it('takes flags from the environment, a boolean by its word', async () => {
  const configFile = temporaryFile(
    'genesis.yml',
    'nodes: [{name: a, address: 127.0.0.1}, {name: b, address: 127.0.0.1}]\n',
  );
  const env = { GENESIS_EXPORTER_CONFIG_FILE: configFile, GENESIS_EXPORTER_CONFIG_CHECK: 'true' };
  expect(await runMain([], env)).toMatchObject({ code: 0, stdout: 'configuration is valid, nodes: 2\n' });
  const refused = await runMain([], { ...env, GENESIS_EXPORTER_CONFIG_CHECK: 'maybe' });
  expect(refused.stderr).toMatch(/^genesis-exporter: GENESIS_EXPORTER_CONFIG_CHECK=maybe: Expected true or false/);
  expect(refused.code).toBe(2);
});

it('tells every mistake of a configuration at once', async () => {
  const configFile = temporaryFile(
    'genesis.yml',
    'nodes:\n  - {name: a, address: 127.0.0.1, colour: red}\nmax_nodes: x\n',
  );
  const { code, stderr } = await runMain(['--config.check', `--config.file=${configFile}`]);
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringContaining('nodes[0].colour: unknown key'),
    expect.stringContaining('max_nodes: expected'),
  ]);
});

it('prints help, version and schema', async () => {
  const help = await runMain(['--help']);
  expect(help.code).toBe(0);
  for (const flag of ['--config.file', '--genesis.health-url', '--web.listen-address', 'demo']) {
    expect(help.stdout).toContain(flag);
  }
  expect(await runMain(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  expect(JSON.parse((await runMain(['--config.schema'])).stdout)).toHaveProperty('properties.nodes');
});

it('never shows a secret, whatever field it stands in', async () => {
  const node = await startStandIn();
  await node.setHealth({ kind: 'answer', statusCode: 401 });
  const marker = 'MARKER-OF-A-SECRET';
  const base = node.healthUrl.replace('http://', '');
  const health = [
    `basic_auth: {username: reader, password: ${marker}}`,
    `authorization: {credentials: ${marker}}`,
    `http_headers: {X-Key: {secrets: [${marker}]}, X-Plain: {values: [${marker}]}}`,
  ];
  const modules = health.map((options, index) => `  m${index}: {health: {${options}}}`).join('\n');
  const nodes = health.map((_, index) => `  - {name: n${index}, module: m${index}, health_url: "http://${base}"}`);
  const exporter = await startConfigured(`
modules:
${modules}
  proxied: {health: {proxy_url: "http://user:${marker}@127.0.0.1:9/?${marker}"}}
nodes:
${nodes.join('\n')}
  - {name: url, health_url: "http://user:${marker}@${base}?token=${marker}"}
  - {name: proxied, module: proxied, health_url: "http://${base}"}
`);
  await eventually(async () => expect((await fetch(`${exporter.url}/-/ready`)).status).toBe(200));
  const pages = ['/config', '/metrics', '/health/status', '/'].map(async (path) =>
    (await fetch(exporter.url + path)).text(),
  );
  for (const page of await Promise.all(pages)) expect(page).not.toContain(marker);
  expect(exporter.log().length).toBeGreaterThan(5);
  expect(JSON.stringify(exporter.log())).not.toContain(marker);
  expect(await (await fetch(`${exporter.url}/config`)).text()).toContain('<secret>');
});

it.each([
  ['the exporter', ['--genesis.health-url=http://127.0.0.1:1/'], 'health probe failed'],
  ['a check', ['check', '--output=json', '--genesis.home=/nowhere'], 'Genesis home cannot be read'],
])('writes its log as logfmt: %s', async (_what, args, message) => {
  const listens = args[0] === 'check' ? [] : ['--web.listen-address=127.0.0.1:0'];
  const { kill, output, ended } = startMain([...args, ...listens, '--log.format=logfmt']);
  await eventually(async () => expect(output.stderr).toContain(`msg="${message}"`));
  kill('SIGTERM');
  const lines = (await ended).stderr.trimEnd().split('\n');
  const line =
    /^ts=\d{4}-\d\d-\d\dT[\d:.]+Z level=(?:info|warn|error) msg=(?:\w+|"[^"\n]+")(?: \w+=(?:[^\s="]+|"(?:[^"\\]|\\.)*"))*$/;
  for (const text of lines) expect(text).toMatch(line);
});

it('shows the demo, and ends it cleanly', async () => {
  const { child, kill, output, ended } = startMain(['demo', '--web.listen-address=127.0.0.1:0']);
  const url = await new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const found = /(http:\/\/\S+)\/health\/status {3}/.exec(output.stdout);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
  });
  expect(new URL(url).port).not.toBe('14569');
  await eventually(async () => expect((await readHealth(url)).rows).toHaveLength(8));
  kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('Stopped.');
});
