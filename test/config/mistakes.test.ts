import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';

const FOLDER = new URL('../fixtures/config/bad/', import.meta.url);
const FILES = readdirSync(FOLDER);
const NAMES = FILES.filter((file) => file.endsWith('.yml')).map((file) => file.slice(0, -'.yml'.length));

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

describe('each wrong file has exactly the problems that stand beside it', () => {
  it.each(NAMES)('%s', (name) => {
    const file = `${name}.yml`;
    const parsed = parseConfig(read(file), { file, resolveFile: (path) => path });
    const problems = parsed.kind === 'problems' ? parsed.problems : [];
    expect(problems).toEqual(read(`${name}.txt`).trimEnd().split('\n'));
  });

  it('has no problems without a file', () => {
    expect(FILES.length).toBeGreaterThan(100);
    expect(FILES.toSorted()).toEqual(NAMES.flatMap((name) => [`${name}.txt`, `${name}.yml`]).toSorted());
  });
});
