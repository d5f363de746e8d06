import { describe, expect, it } from 'vitest';
import { parseFilePattern } from '../../src/discovery/file-sd-pattern.ts';

describe('a path of target files', () => {
  it.each([
    ['/etc/nodes/a.yml', '/etc/nodes', '/etc/nodes/a.yml'],
    ['a.yml', '.', 'a.yml'],
    ['/a.yml', '/', '/a.yml'],
    ['/etc/no[1]des/*.yml', '/etc/no[1]des', undefined],
  ])('%s lies in a folder, and may be one file', (path, folder, file) => {
    expect(parseFilePattern(path)).toMatchObject({ folder, file });
  });

  it.each([
    ['a.yml', 'a.yml', true],
    ['a.yml', 'b.yml', false],
    ['*.yml', 'a.yml', true],
    ['*.yml', '.yml', false],
    ['*.yml', '.a.yml', false],
    ['*.yml', 'a.yaml', false],
    ['*.yml', 'a.yml.swp', false],
    ['*.yml', 'axyml', false],
    ['.*.yml', '.a.yml', true],
    ['.*.yml', 'a.yml', false],
    ['a*b?.json', 'ab1.json', true],
    ['a*b?.json', 'axxbb2.json', true],
    ['a*b?.json', 'ab.json', false],
    ['**.json', 'a.json', true],
    ['?.json', 'ab.json', false],
    ['a+(b)[c]{2}^$|-*.yml', 'a+(b)[c]{2}^$|-x.yml', true],
    ['a+*.yml', 'aa.yml', false],
    ['*.yml', 'a\nb.yml', true],
    ['*', '', true],
  ])('%j matches %j: %j', (pattern, name, expected) => {
    expect(parseFilePattern(`/x/${pattern}`).matches(name)).toBe(expected);
  });
});
