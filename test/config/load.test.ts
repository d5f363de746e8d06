import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config-error.ts';
import { loadConfigFile } from '../../src/config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function problemsOf(file: string): Promise<readonly string[]> {
  const error: unknown = await loadConfigFile(file, {}).catch((reason: unknown) => reason);
  if (!(error instanceof ConfigError)) throw new Error('expected a ConfigError', { cause: error });
  expect(error.message).toBe(error.problems.join('\n'));
  return error.problems;
}

describe('loadConfigFile', () => {
  it('looks for files beside the configuration, unless their path is absolute', async () => {
    const tls = 'tls_config: {ca_file: certs/ca.pem, cert_file: /certs/client.pem, key_file: ../client.key}';
    const file = put('a.yml', `modules: {default: {health: {${tls}}}}\nnodes: [{name: a, address: h}]\n`);
    const { nodes } = await loadConfigFile(file, {});
    expect(nodes[0]?.health.http.tls).toMatchObject({
      ca: { kind: 'file', path: join(folder, 'certs/ca.pem') },
      cert: { kind: 'file', path: '/certs/client.pem' },
      key: { kind: 'file', path: join(folder, '../client.key') },
    });
  });

  it('reads a file with a byte order mark and Windows line ends', async () => {
    const file = put('bom.yml', '\ufeffnodes:\r\n  - name: a\r\n    address: 10.0.0.5\r\n');
    expect((await loadConfigFile(file, {})).nodes).toHaveLength(1);
  });

  it('names the file as it was given', async () => {
    const file = put('wrong.yml', 'nodes:\r\n  - name: a\r\n    address: 10.0.0.5\r\n    colour: red\r\n');
    expect(await problemsOf(file)).toEqual([`${file}:4:5: nodes[0].colour: unknown key`]);
  });

  it('refuses a file that is not there', async () => {
    const file = join(folder, 'none.yml');
    expect(await problemsOf(file)).toEqual([`${file}: cannot be read: no such file`]);
  });

  it('refuses a path that leads through a file', async () => {
    const file = join(put('plain', ''), 'genesis.yml');
    expect(await problemsOf(file)).toEqual([`${file}: cannot be read: no such file`]);
  });

  it('refuses a directory', async () => {
    const file = join(folder, 'directory.yml');
    mkdirSync(file);
    expect(await problemsOf(file)).toEqual([`${file}: cannot be read: it is a directory`]);
  });

  it('refuses a path that no file can have', async () => {
    expect(await problemsOf('a\0b')).toEqual(['a\0b: cannot be read: ERR_INVALID_ARG_VALUE']);
  });

  it('refuses what is not UTF-8', async () => {
    const file = put('latin1.yml', Buffer.from('nodes: [{name: caf\u00e9, address: h}]', 'latin1'));
    expect(await problemsOf(file)).toEqual([`${file}: expected text in UTF-8`]);
  });
});
