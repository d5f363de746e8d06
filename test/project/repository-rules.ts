import type { Rule } from './rule.ts';
import { linesWith } from './source.ts';

/** What no file of the repository may hold, be it code, prose or settings. */
export const REPOSITORY_RULES: readonly Rule[] = [
  {
    name: 'no file names a path of the machine that it was written on',
    reason: 'what works in one folder of one machine works nowhere else',
    find: linesWith(/(?<![\w.~}\])-])\/(?:root|Users|mnt|private|work|workspaces?|builds)\/[\w.-]/, undefined, String),
    broken: { 'docs/a.md': `see /${'work'}/a/b`, 'deploy/a.yml': `  path: "/${'root'}/.config"` },
    fine: { 'docs/b.md': `see ../${'work'}/a, /etc/genesis and https://a.example/${'work'}/b` },
  },
  {
    name: 'no file names a package registry',
    reason: "where packages come from is the reader's own setting, and the lockfile goes by their hashes",
    find: linesWith(
      /registry\.(?:npmjs|yarnpkg|npmmirror)|npm\.pkg\.github|verdaccio|artifactory|"resolved": "http|^\s*(?:@[\w-]+:)?registry\s*=/,
      (path) => path !== 'test/project/repository-rules.ts',
      String,
    ),
    broken: { '.npmrc': 'registry=http://10.0.0.1/', 'package-lock.json': '"resolved": "https://a.example/b.tgz"' },
    fine: { 'docs/b.md': 'the registry of metrics\nregistry.metrics()' },
  },
  {
    name: 'nothing is left for later',
    reason: 'a note in a file is read by nobody: do it, or say in the docs what is missing',
    find: linesWith(/\b(?:TO(?:DO)|FIX(?:ME)|X{3}|HA(?:CK))\b|^<{7} |^>{7} /, undefined, String),
    broken: { 'src/a.ts': `// TO${'DO'}: later`, 'docs/b.md': `FIX${'ME'}`, 'docs/c.md': `${'<'.repeat(7)} HEAD` },
    fine: { 'docs/d.md': 'a todo list, a hacker' },
  },
  {
    name: 'every test runs',
    reason: 'a test left out, or one that leaves out all others, looks like a passed one',
    find: linesWith(/\b(?:it|test|describe)\.(?:only|skip|todo)\b/, (path) => path.startsWith('test/')),
    broken: { 'test/a.test.ts': "it.only('a', f);", 'test/b.test.ts': "describe.skip('b', f);" },
    fine: { 'test/c.test.ts': "it('takes it.only as text', f);" },
  },
  {
    name: 'no tab stands in code or settings',
    reason: 'two blanks are the indent everywhere, and YAML forbids tabs',
    find: linesWith(/\t/, (path) => /^(?!test\/fixtures\/).*\.(?:ts|json|ya?ml)$/.test(path), String),
    broken: { 'src/a.ts': 'f();\t', 'deploy/a.yml': '\ta: 1' },
    fine: { 'deploy/Makefile': '\tmake', 'src/b.ts': String.raw`const tab = '\t';` },
  },
];
