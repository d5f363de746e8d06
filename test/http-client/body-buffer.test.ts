import { expect, test } from 'vitest';
import { createBodyBuffer } from '../../src/http-client/body-buffer.ts';

function textOf(...chunks: readonly (string | Uint8Array)[]): string {
  const body = createBodyBuffer(1000);
  for (const chunk of chunks) body.push(Buffer.from(chunk));
  return Buffer.from(body.bytes()).toString('latin1');
}

test.each([
  ['nothing', textOf(), ''],
  ['an empty chunk', textOf(''), ''],
  ['chunks in their order', textOf('[', '1', ']'), '[1]'],
  ['bytes of any kind', textOf(Uint8Array.of(0x5b, 0xff), Uint8Array.of(0x00)), '[\xff\0'],
])('reads %s', (_, text, expected) => {
  expect(text).toBe(expected);
});

test('takes a body of exactly the cap and refuses one byte more', () => {
  const body = createBodyBuffer(5);
  expect(body.push(Buffer.from('12345'))).toBe(true);
  expect(body.push(Buffer.from('6'))).toBe(false);
  expect(Buffer.from(body.bytes()).toString()).toBe('12345');
});

test('single bytes by the hundred thousand cost no more than a block', () => {
  const body = createBodyBuffer(1_000_000);
  const byte = Buffer.from('x');
  for (let count = 0; count < 300_000; count += 1) body.push(byte);
  expect(body.bytes()).toHaveLength(300_000);
});
