import { chmodSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findUnreadable } from '../../src/cli/unreadable-files.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';

it('names each file and folder once that cannot be read, of nodes, modules and discovery', async () => {
  const there = temporaryFile('ca.pem', 'PEM');
  chmodSync(there, 0o600);
  const parsed = parseConfig(
    `
modules:
  default: {health: {tls_config: {ca_file: ${there}}, basic_auth: {username: a, password_file: /nowhere/password}}}
  later: {health: {tls_config: {ca_file: /nowhere/later.pem}}}
nodes: [{name: a, address: a, genesis_home: /nowhere/home}, {name: b, address: b}]
http_sd_configs: [{url: "http://a/", authorization: {credentials_file: /nowhere/token}}]
`,
    { file: 'a.yml', resolveFile: (path) => path },
  );
  if (parsed.kind !== 'config') throw new Error(parsed.problems.join());
  expect(await findUnreadable(parsed.config)).toEqual([
    '/nowhere/home (genesis_home of a) cannot be read: no such file',
    '/nowhere/password (node a) cannot be read: no such file',
    '/nowhere/later.pem (module later) cannot be read: no such file',
    '/nowhere/token (http_sd/0) cannot be read: no such file',
  ]);
});
