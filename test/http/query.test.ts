import { expect, it } from 'vitest';
import { FLAG, oneOf, TEXT, TEXTS, textUpTo } from '../../src/http/query.ts';

it.each([
  ['a text', TEXT, ['a'], 'a'],
  ['an empty text', TEXT, [''], ''],
  ['a text twice', TEXT, ['a', 'a'], undefined],
  ['several texts', TEXTS, ['a', 'b'], ['a', 'b']],
  ['yes', FLAG, ['true'], true],
  ['no', FLAG, ['false'], false],
  ['something between yes and no', FLAG, ['1'], undefined],
  ['yes twice', FLAG, ['true', 'true'], undefined],
  ['one of some', oneOf(['', 'UP']), ['UP'], 'UP'],
  ['one of some, empty', oneOf(['', 'UP']), [''], ''],
  ['none of some', oneOf(['', 'UP']), ['up'], undefined],
  ['two of some', oneOf(['', 'UP']), ['UP', ''], undefined],
  ['a text as long as it may be', textUpTo(3), ['abc'], 'abc'],
  ['a longer one', textUpTo(3), ['abcd'], undefined],
] as const)('reads %s', (_, parameter, given, value) => {
  expect(parameter.read(given)).toEqual(value);
});
