import { expect, it } from 'vitest';
import { excerpt, withoutSecrets } from '../../src/diagnosis/excerpt.ts';

const NOT_SHOWN = '(not shown: it has a secret in it that is too short to hide)';

it.each([
  ['a long secret is replaced', 'you sent open-sesame', ['open-sesame'], '"you sent <secret>"'],
  ['one that another has in it', 'Bearer open-sesame', ['open-sesame', 'Bearer open-sesame'], '"<secret>"'],
  ['a secret of 3 characters hides all', 'you sent abc', ['abc'], NOT_SHOWN],
  ['one of 1 character', 'you sent x', ['x'], NOT_SHOWN],
  ['one that is cut by the end of what is shown', `${'.'.repeat(79)}abc`, ['abc'], NOT_SHOWN],
  ['one that is not in what is shown hides nothing', `${'.'.repeat(300)}abc`, ['abc'], `"${'.'.repeat(80)}"`],
  ['an empty one is none', 'you sent', [''], '"you sent"'],
])('%s', (_, text, secrets, shown) => {
  expect(excerpt(text, secrets)).toBe(shown);
});

it('does not tell a short secret by what is missing', () => {
  expect(withoutSecrets('key-abc', ['abc'])).toBe('<secret>');
});
