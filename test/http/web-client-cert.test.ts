import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { altNamesOf } from '../../src/http/web-tls.ts';
import { tlsFixture } from '../helpers/servers.ts';

it.each([
  [undefined, []],
  ['', []],
  ['DNS:a', ['a']],
  ['DNS:a, DNS:*.b.example, IP Address:127.0.0.1', ['a', '*.b.example', '127.0.0.1']],
  ['IP Address:0:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:0:0:1', ['::1', '2001:db8::1']],
  ['email:a@b.example, URI:spiffe://a/b?c=d', ['a@b.example', 'spiffe://a/b?c=d']],
  ['DNS:"a, DNS:admin"', ['a, DNS:admin']],
  ['URI:"http://a/, DNS:admin", DNS:b', ['http://a/, DNS:admin', 'b']],
  ['DNS:"a\\"b"', ['a"b']],
  ['othername:<unsupported>, DirName:"CN=admin", Registered ID:1.2.3, DNS:b', ['b']],
])('reads the alternative names %j', (subjectAltName, names) => {
  expect(altNamesOf({ subjectAltName })).toEqual(names);
});

it('reads those of a real certificate', () => {
  expect(altNamesOf(new X509Certificate(tlsFixture('server.pem')))).toEqual(['localhost', '127.0.0.1', '::1']);
  expect(altNamesOf(new X509Certificate(tlsFixture('client.pem')))).toEqual(['client']);
});
