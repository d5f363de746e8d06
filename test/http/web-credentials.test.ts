import { expect, it } from 'vitest';
import { parseBasicAuth } from '../../src/http/web-users.ts';

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

it.each([
  [`Basic ${encode('a:b')}`, ['a', 'b']],
  [`basic  ${encode('a:b:c')} `, ['a', 'b:c']],
  [`BASIC ${encode(':')}`, ['', '']],
  [`Basic ${encode('zo\u00eb:p\u00e4ss')}`, ['zo\u00eb', 'p\u00e4ss']],
  [`Basic ${encode('a:b').replaceAll('=', '')}`, ['a', 'b']],
  [undefined, undefined],
  ['', undefined],
  ['Basic', undefined],
  [`Basic${encode('a:b')}`, undefined],
  [`Basic ${encode('a')}`, undefined],
  ['Basic a:b', undefined],
  [`Digest ${encode('a:b')}`, undefined],
  [`Basic ${encode('a:b')} x`, undefined],
  [`Basic ${encode('a:b')}\nBasic x`, undefined],
])('reads %j as %j', (header, expected) => {
  const credentials = parseBasicAuth(header);
  expect(credentials && [credentials.user, String(credentials.password)]).toEqual(expected);
});
