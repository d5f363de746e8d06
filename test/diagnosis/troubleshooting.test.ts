import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HEALTH } from '../../src/diagnosis/wanted.ts';
import { HINTS } from '../../src/domain/hint.ts';

const PAGE = readFileSync('docs/troubleshooting.md', 'utf8');
const ROWS = [...PAGE.matchAll(/^\| <a id="([\w-]+)"><\/a>`([\w-]+)` \| "(.+?)" \| (.+) \| (.+) \|$/gm)];

/** Where the words of the details are made. */
const SOURCES = ['src/diagnosis', 'src/genesis', 'src/prober', 'src/http-client', 'src/domain', 'src/discovery']
  .flatMap((folder) => readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8')))
  .join('\n')
  .replaceAll(/\$\{wanted\.(\w+)\}/g, (_, key: string) => new Map(Object.entries(HEALTH)).get(key) ?? '')
  .replaceAll("\\'", "'");

it('has one row for each hint, and no other', () => {
  expect(ROWS.map(([, id]) => id)).toEqual([...HINTS]);
  for (const [, id, name] of ROWS) expect(name).toBe(id);
});

it.each(ROWS.map(([, id, , says = '']) => [id, says]))('%s: the exporter says so', (_, says) => {
  const pieces = says.split('…').map((piece) => piece.trim());
  for (const piece of pieces) expect(SOURCES).toContain(piece);
});
