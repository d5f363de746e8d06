import { expect, it } from 'vitest';
import { suggest } from '../../src/domain/suggest.ts';

it.each([
  ['flapping', ['flapping', 'down'], '; did you mean flapping?'],
  ['flaping', ['down', 'flapping'], '; did you mean flapping?'],
  ['FLAPPING', ['flapping'], '; did you mean flapping?'],
  ['dwon', ['down', 'up'], '; did you mean down?'],
  ['kitten', ['sitting'], '; did you mean sitting?'],
  ['down', ['flapping'], ''],
  ['', ['flapping'], ''],
  ['down', [], ''],
])('offers for %j of %j: %j', (word, words, offer) => {
  expect(suggest(word, words)).toBe(offer);
});
