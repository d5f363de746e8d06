import { expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml-document.ts';

it.each([
  ['a: "b', 'the end of the file'],
  ['a: b: c', '"b"'],
  ['a: [b\nc: d', '"c"'],
  ['a:\n  - b: c\n   d: "e"', 'a blank'],
])('says what the parser met: %j', (text, met) => {
  const { flaws } = readYaml(text);
  expect(flaws[0]?.message).toMatch(/; the parser met (.+)$/);
  expect(flaws[0]?.message.split('; the parser met ')[1]).toBe(met);
});
