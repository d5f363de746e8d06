import { expect, it } from 'vitest';
import { readHomeTexts } from '../../src/genesis/home.ts';

const CONFLICT = '<processes>\n<<<<<<< HEAD\n<process name="A"/>\n=======\n>>>>>>> next\n</processes>';

it.each<[string, text: string, hint: string, says: string]>([
  [
    'a merge conflict',
    CONFLICT,
    'merge-conflict',
    'is an invalid name; it looks like a merge conflict that nobody has resolved',
  ],
  ['UTF-16', '<\0p\0/\0>\0', 'utf-16', '; it looks like UTF-16, and Genesis writes UTF-8'],
  [
    'a web page',
    '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
    'html-page',
    'got <html>; it looks like a web page that was saved in place of the file',
  ],
  [
    'a template',
    '<processes><process name={{ name }}></processes>',
    'unfilled-template',
    '; it looks like a template with {{ }} that nobody has filled in',
  ],
  [
    'half a file',
    '<processes>\n<process name="A">\n',
    'file-cut',
    'p.xml:3:1: not XML: expected </process> before the end',
  ],
  ['a slip', '<processes><process name="A></processes>', 'not-xml', 'p.xml:1:'],
])('says what a file looks like: %s', (_, text, hint, says) => {
  const reading = readHomeTexts(
    { processes: [{ path: 'p.xml', text }], services: [], systemDefinition: undefined },
    { env: new Map(), hostName: 'here' },
  );
  expect(reading).toMatchObject({ isSuccessful: false, hints: [hint], problems: [expect.stringContaining(says)] });
});

it('says nothing more of a script whose mistake is named', () => {
  const systemDefinition = { path: 'd.kts', text: 'systemDefinition { } }' };
  const reading = readHomeTexts(
    { processes: [], services: [], systemDefinition },
    { env: new Map(), hostName: 'here' },
  );
  expect(reading).toMatchObject({ problems: ['d.kts:1:22: expected no } here'], hints: [] });
});
