import { expect, it, onTestFinished } from 'vitest';
import { readWebConfig } from '../../src/http/web-config.ts';
import { watchWebConfig } from '../../src/http/web-config-watch.ts';
import { createMemoryLog } from '../helpers/log.ts';
import { tlsFixture, until } from '../helpers/servers.ts';
import { SECRET_HASH } from '../helpers/web.ts';
import { webFolder } from '../helpers/web-files.ts';

const TLS = 'tls_server_config: {cert_file: server.pem, key_file: server.key}\n';

async function aWatch(text: string) {
  const folder = webFolder(text);
  const log = createMemoryLog();
  const { web, stamps } = await readWebConfig(folder.file);
  if (web === undefined) throw new Error('expected a good file');
  const watch = watchWebConfig({ file: folder.file, web, stamps, log, intervalMs: 10 });
  onTestFinished(watch.close);
  return { folder, log, watch };
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

it('puts a changed file in force', async () => {
  const { folder, log, watch } = await aWatch('');
  folder.write(`basic_auth_users: {alice: "${SECRET_HASH}"}\n`);
  await until(() => watch.current().users.size === 1);
  expect(log.lines).toMatchObject([{ level: 'info', message: 'web configuration reloaded' }]);
});

it('puts changed certificates in force', async () => {
  const { folder, watch } = await aWatch(TLS);
  const first = watch.current().tls;
  await passed(50);
  expect(watch.current().tls).toBe(first);
  folder.copy('self-signed.pem', 'server.pem');
  folder.copy('self-signed.key', 'server.key');
  await until(() => watch.current().tls?.cert === tlsFixture('self-signed.pem'));
  expect(watch.current().tls?.key).toBe(tlsFixture('self-signed.key'));
});

it('keeps the last good version, says once for each broken one why, and takes the next good one', async () => {
  const { folder, log, watch } = await aWatch(TLS);
  const first = watch.current();
  folder.copy('client.pem', 'server.pem');
  await until(() => log.lines.length === 1);
  folder.remove('server.key');
  await until(() => log.lines.length === 2);
  await passed(60);
  expect(watch.current()).toBe(first);
  expect(log.lines).toMatchObject([
    { level: 'error', data: { problems: [expect.stringContaining('different pairs')] } },
    { level: 'error', data: { problems: [expect.stringContaining('no such file')] } },
  ]);
  folder.copy('client.key', 'server.key');
  await until(() => watch.current() !== first);
  expect(watch.current().tls?.cert).toBe(tlsFixture('client.pem'));
});

it('notices files that a broken version was the first to name', async () => {
  const { folder, log, watch } = await aWatch(TLS);
  folder.write('tls_server_config: {cert_file: new.pem, key_file: new.key}\n');
  await until(() => log.lines.length === 1);
  folder.copy('self-signed.key', 'new.key');
  await until(() => log.lines.length === 2);
  folder.copy('self-signed.pem', 'new.pem');
  await until(() => watch.current().tls?.cert === tlsFixture('self-signed.pem'));
  expect(log.lines.at(-1)?.level).toBe('info');
});

it.each([
  ['on', '', TLS],
  ['off', TLS, ''],
])('does not turn TLS %s', async (_, before, after) => {
  const { folder, log, watch } = await aWatch(before);
  const first = watch.current();
  folder.write(after);
  await until(() => log.lines.length === 1);
  expect(log.lines).toMatchObject([{ data: { problems: ['TLS is turned on and off by a restart only'] } }]);
  expect(watch.current()).toBe(first);
});

it('looks no more once it is closed', async () => {
  const { folder, watch } = await aWatch('');
  watch.close();
  folder.write(`basic_auth_users: {alice: "${SECRET_HASH}"}\n`);
  await passed(50);
  expect(watch.current().users.size).toBe(0);
});
