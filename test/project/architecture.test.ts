import { describe, expect, it } from 'vitest';
import { IMPORT_RULES } from './import-rules.ts';
import { findCycles, importsOf } from './imports.ts';
import { PURITY_RULES } from './purity-rules.ts';
import { testRules } from './rule.ts';
import { readSources } from './source.ts';
import { STYLE_RULES } from './style-rules.ts';

const FILES = readSources('src');
const IMPORTS = FILES.flatMap(importsOf);

describe('the architecture', () => {
  testRules([...IMPORT_RULES, ...PURITY_RULES, ...STYLE_RULES], FILES);

  it('is looked at: there are files and imports, and every relative import leads to a file that was read', () => {
    const paths = new Set(FILES.map(({ path }) => path));
    const relative = IMPORTS.filter(({ isRelative }) => isRelative);
    expect(FILES.length).toBeGreaterThan(50);
    expect(relative.length).toBeGreaterThan(100);
    expect(IMPORTS.length - relative.length).toBeGreaterThan(20);
    expect(relative.filter(({ target }) => !paths.has(target))).toEqual([]);
  });

  it('misses no import that a simple look at the lines finds', () => {
    const said = FILES.flatMap(({ text }) => [...text.matchAll(/^(?:import|export|\}).* from '|^import '/gm)]);
    const dynamic = FILES.flatMap(({ text }) => [...text.matchAll(/\bimport\('/g)]);
    expect(IMPORTS.length).toBeGreaterThanOrEqual(said.length + dynamic.length);
  });

  it('sees a cycle that goes through several files', () => {
    const cycle = [
      { path: 'src/a.ts', text: "import { d } from './d.ts';\nimport { b } from './b.ts';" },
      { path: 'src/b.ts', text: "export * from './c.ts';" },
      { path: 'src/c.ts', text: "import type { A } from './a.ts';" },
      { path: 'src/d.ts', text: "const b = await import('./b.ts');" },
    ];
    expect(findCycles(cycle)).toEqual(['src/a.ts -> src/d.ts -> src/b.ts -> src/c.ts -> src/a.ts']);
    expect(findCycles(cycle.slice(1))).toEqual([]);
  });
});
