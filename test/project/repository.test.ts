import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports.ts';
import { REPOSITORY_RULES } from './repository-rules.ts';
import { testRules } from './rule.ts';
import { PROJECT_ROOT, readSources, type SourceFile } from './source.ts';

function read(path: string): string {
  return readFileSync(`${PROJECT_ROOT}/${path}`, 'utf8');
}

const IGNORED = new Set(['.git', ...(read('.gitignore').match(/^[\w-]+(?=\/$)/gm) ?? [])]);

/** Every text file of the project but those that git ignores. */
function readTexts(folder = ''): readonly SourceFile[] {
  return readdirSync(`${PROJECT_ROOT}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    // A worktree of git has a file in place of the folder.
    if (IGNORED.has(entry.name)) return [];
    if (entry.isDirectory()) return readTexts(`${path}/`);
    if (!entry.isFile() || /\.(?:log|tgz)$/.test(path)) return [];
    const text = read(path);
    return text.includes('\0') ? [] : [{ path, text }];
  });
}

const FILES = readTexts();
const MANIFEST: { license: string; scripts: object; dependencies: object } = JSON.parse(read('package.json'));

describe('the repository', () => {
  testRules(REPOSITORY_RULES, FILES);

  it('is looked at: code, tests, settings and lockfile, and nothing that was made or installed', () => {
    const paths = FILES.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['.npmrc', 'package-lock.json', 'src/domain/view.ts', 'test/project/repository.test.ts']),
    );
    expect(paths.filter((path) => /^(?:node_modules|dist|coverage|\.git)\//.test(path))).toEqual([]);
  });

  it('is under the license that it names, whose text it has unchanged', () => {
    expect(MANIFEST.license).toBe('Apache-2.0');
    expect(read('LICENSE')).toBe(read('node_modules/@prometheus-io/lezer-promql/LICENSE'));
    expect(read('LICENSE')).toMatch(/^ +Apache License\n +Version 2\.0, January 2004\n/);
  });

  it('has at most eleven scripts, so that one can know them', () => {
    expect(Object.keys(MANIFEST.scripts).length).toBeLessThanOrEqual(11);
  });

  it('depends on the packages that the program imports, and on no other', () => {
    const imported = readSources('src')
      .flatMap(importsOf)
      .filter(({ target, isRelative }) => !isRelative && !target.startsWith('node:'))
      .map(({ target }) => target.split('/', target.startsWith('@') ? 2 : 1).join('/'));
    expect([...new Set(imported)].sort()).toEqual(Object.keys(MANIFEST.dependencies).sort());
  });
});
