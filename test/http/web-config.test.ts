import { describe, expect, it } from 'vitest';
import { readWebConfig } from '../../src/http/web-config.ts';
import { tlsFixture } from '../helpers/servers.ts';
import { webFolder } from '../helpers/web-files.ts';

const PAIR = 'cert_file: server.pem, key_file: server.key';

async function problemsOf(text: string): Promise<readonly string[]> {
  const { file } = webFolder(text);
  const { web, problems } = await readWebConfig(file);
  expect(web === undefined).toBe(problems.length > 0);
  return problems.map((line) => line.replace(file, 'web.yml'));
}

describe('a web configuration file', () => {
  it('is read with its certificates, looked for beside it', async () => {
    const { file } = webFolder(
      `tls_server_config: {${PAIR}, client_ca_file: ca.pem, client_auth_type: RequestClientCert}`,
    );
    const { web, problems, stamps } = await readWebConfig(file);
    expect(problems).toEqual([]);
    expect(web?.tls).toMatchObject({
      cert: tlsFixture('server.pem'),
      key: tlsFixture('server.key'),
      clientCa: tlsFixture('ca.pem'),
    });
    expect(Array.from(stamps.keys(), (path) => path.split('/').at(-1))).toEqual([
      'web.yml',
      'server.pem',
      'server.key',
      'ca.pem',
    ]);
  });

  it.each([
    ['', []],
    [`tls_server_config: {${PAIR}}`, []],
    ['tls_server_config: {cert_file: expired.pem, key_file: expired.key}', []],
    [
      'tls_server_config:\n  cert_file: none.pem\n  key_file: none.key\n',
      [
        'web.yml:2:14: tls_server_config.cert_file: cannot be read: no such file',
        'web.yml:3:13: tls_server_config.key_file: cannot be read: no such file',
      ],
    ],
    [
      `tls_server_config: {${PAIR}, client_ca_file: ., client_auth_type: RequestClientCert}`,
      [expect.stringMatching(/client_ca_file: cannot be read: it is a directory$/)],
    ],
    [
      'tls_server_config: {cert_file: server.pem, key_file: client.key}',
      [
        'web.yml:1:20: tls_server_config: expected a certificate and its key, got a certificate and a key of different pairs',
      ],
    ],
    [
      'tls_server_config: {cert_file: server.key, key_file: server.key}',
      ['web.yml:1:20: tls_server_config: expected a certificate and a key in PEM'],
    ],
    [
      'tls_server_config: {cert: MARKER, key: MARKER}',
      ['web.yml:1:20: tls_server_config: expected a certificate and a key in PEM'],
    ],
    ['rate_limit: {burst: x}', [expect.stringMatching(/^web\.yml:1:21: rate_limit\.burst: expected a whole number/)]],
  ])('%j has the problems %j', async (text, problems) => {
    expect(await problemsOf(text)).toEqual(problems);
  });

  it('that is not there is a problem too', async () => {
    expect(await readWebConfig('/nowhere/web.yml')).toMatchObject({
      web: undefined,
      problems: ['/nowhere/web.yml: cannot be read: no such file'],
    });
  });
});
