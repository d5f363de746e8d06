import { rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fingerprintFiles } from '../../src/config/load.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';

it('changes with the bytes of any file, also when bytes move from one to the next or a file goes', async () => {
  const [a, b] = [temporaryFile('a.yml', 'xy'), temporaryFile('b.yml', 'z')];
  const seen = [await fingerprintFiles([a, b])];
  expect(await fingerprintFiles([a, b])).toBe(seen[0]);
  writeFileSync(a, 'x');
  writeFileSync(b, 'yz');
  seen.push(await fingerprintFiles([a, b]));
  rmSync(b);
  seen.push(await fingerprintFiles([a, b]));
  expect(new Set(seen).size).toBe(3);
});
