import { expect, it } from 'vitest';
import { suggest } from '../../src/domain/suggest.ts';

it.each([
  ['flapping', ['flapping', 'down'], '; did you mean flapping?'],
  ['flaping', ['down', 'flapping'], '; did you mean flapping?'],
  ['FLAPPING', ['flapping'], '; did you mean flapping?'],
  ['dwon', ['down', 'up'], '; did you mean down?'],
  ['kitten', ['sitting'], '; did you mean sitting?'],
  ['listen', ['web.listen-address', 'log.level'], '; did you mean web.listen-address?'],
  ['--web', ['--web.listen-address', '--web.config'], ''],
  ['url', ['url-of-all', 'url2'], '; did you mean url2?'],
  ['ca', ['ca_file_of_all'], ''],
  ['down', ['flapping'], ''],
  ['', ['flapping'], ''],
  ['down', [], ''],
])('offers for %j of %j: %j', (word, words, offer) => {
  expect(suggest(word, words)).toBe(offer);
});
