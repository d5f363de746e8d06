import { expect, it } from 'vitest';
import { html } from '../../src/page/html.ts';

it.each([
  ['text', 'a b', 'a b'],
  ['a tag', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['what would end an attribute', `"' onload=x`, '&quot;&#39; onload=x'],
  ['an entity, which stays text', '&lt;', '&amp;lt;'],
  ['HTML, which stays HTML', html`<b>${'<'}</b>`, '<b>&lt;</b>'],
  ['a list', [html`<i>1</i>`, html`<i>2</i>`], '<i>1</i><i>2</i>'],
  ['an empty list', [], ''],
  ['a number', 0, '0'],
  ['nothing', undefined, ''],
  ['what does not apply', false as const, ''],
  ['a long text', '<'.repeat(10_000), '&lt;'.repeat(10_000)],
])('html holds %s', (_, part, text) => {
  expect(html`<p>${part}</p>`.html).toBe(`<p>${text}</p>`);
});
