import { copyFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Agent, request } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, runMain, startExporter, temporaryFile } from '../helpers/exporter-process.ts';
import { tlsFixture } from '../helpers/servers.ts';
import { startStandIn } from '../helpers/stand-in.ts';
import { SECRET_HASH } from '../helpers/web.ts';
import { webFolder } from '../helpers/web-files.ts';

const TLS = 'tls_server_config: {cert_file: server.pem, key_file: server.key}\n';
const ALICE = { authorization: `Basic ${Buffer.from('alice:secret').toString('base64')}` };

async function startWeb(text: string, ...args: readonly string[]) {
  const { healthUrl } = await startStandIn();
  const folder = webFolder(text);
  const flags = [`--genesis.health-url=${healthUrl}`, `--web.config.file=${folder.file}`, ...args];
  return { folder, exporter: await startExporter(flags) };
}

/** A client that trusts the authority of the fixtures, and the certificate that nobody signed. */
function aClient(): Agent {
  const ca = [tlsFixture('ca.pem'), tlsFixture('self-signed.pem')];
  const agent = new Agent({ connections: 1, connect: { ca } });
  onTestFinished(() => agent.destroy());
  return agent;
}

async function codeOf(url: string, dispatcher: Agent, headers: Record<string, string> = {}): Promise<number> {
  const { statusCode, body } = await request(url, { dispatcher, headers });
  await body.dump();
  return statusCode;
}

it('serves TLS to users, and the exempt paths to everybody', async () => {
  const users = `basic_auth_users: {alice: "${SECRET_HASH}"}\n`;
  const { exporter } = await startWeb(TLS + users, '--web.auth-exempt-paths=/-/healthy,/health/status');
  const { url } = exporter;
  expect(url).toMatch(/^https:/);
  const client = aClient();
  expect(await codeOf(`${url}/metrics`, client)).toBe(401);
  expect(await codeOf(`${url}/metrics`, client, ALICE)).toBe(200);
  expect(await codeOf(`${url}/-/healthy`, client)).toBe(200);
  await eventually(async () => expect(await codeOf(`${url}/health/status?process=GENESIS_ROUTER`, client)).toBe(200));
  await expect(fetch(url.replace('https', 'http'))).rejects.toThrow();
});

it('changes users and certificates under load without a restart, and drops no connection', async () => {
  const { folder, exporter } = await startWeb(TLS);
  const { url } = exporter;
  const put = (from: string, to: string) => {
    // As those who care do it: nobody ever sees half a file.
    const target = join(dirname(folder.file), to);
    copyFileSync(join(dirname(folder.file), from), `${target}.new`);
    renameSync(`${target}.new`, target);
  };
  const codes: number[] = [];
  const seen = new Set<string>();
  let isLoading = true;
  onTestFinished(() => {
    isLoading = false;
  });
  async function load(client: () => Agent): Promise<void> {
    while (isLoading) {
      codes.push(await codeOf(`${url}/metrics`, client()));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  function freshClient(): Agent {
    const agent = new Agent({
      connect: {
        ca: [tlsFixture('ca.pem'), tlsFixture('self-signed.pem')],
        checkServerIdentity: (_, { subject, issuer }) => {
          seen.add(issuer.CN === subject.CN ? 'self-signed' : 'server');
          return undefined;
        },
      },
      pipelining: 0,
    });
    onTestFinished(() => agent.destroy());
    return agent;
  }
  const kept = [aClient(), aClient(), aClient(), aClient()];
  const clients = [...kept.map((client) => load(() => client)), load(freshClient)];
  put('self-signed.pem', 'server.pem');
  put('self-signed.key', 'server.key');
  await eventually(async () => expect(seen).toContain('self-signed'));
  seen.clear();
  put('client.pem', 'server.pem');
  await eventually(async () => expect(exporter.log().some(({ level }) => level === 'error')).toBe(true));
  put('client.key', 'server.key');
  folder.write(`${TLS}basic_auth_users: {alice: "${SECRET_HASH}"}\n`);
  await eventually(async () => expect(codes).toContain(401));
  isLoading = false;
  await Promise.all(clients);
  expect(codes.length).toBeGreaterThan(100);
  const firstRefused = codes.indexOf(401);
  expect(new Set(codes.slice(0, firstRefused))).toEqual(new Set([200]));
});

it('tells the problems of both files at --config.check, and at the start', async () => {
  const config = temporaryFile('genesis.yml', 'nodes: [{name: a, address: h, colour: red}]\n');
  const { file } = webFolder('rate_limit: {burst: x}\n');
  for (const check of [['--config.check'], []]) {
    const { code, stderr } = await runMain([...check, `--config.file=${config}`, `--web.config.file=${file}`]);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('nodes[0].colour: unknown key'),
      `${file}:1:21: rate_limit.burst: expected a whole number, got "x"`,
    ]);
    expect(code).toBe(2);
  }
  const good = await runMain(['--config.check', `--web.config.file=${webFolder(TLS).file}`]);
  expect(good).toMatchObject({ code: 0, stdout: 'configuration is valid, nodes: 1\n' });
});

it.each([
  ['--web.max-requests=-1', /Expected a whole number/],
  ['--web.max-requests=1.5', /Expected a whole number/],
  ['--web.auth-exempt-paths=-/healthy', /Expected a path such as/],
  ['--web.auth-exempt-paths=/a,,/b', /Expected a path such as/],
])('refuses %s', async (flag, message) => {
  const { code, stderr } = await runMain([flag]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
