import type { Rule } from './rule.ts';
import { codeOnly, linesWith, type SourceFile } from './source.ts';

const KEBAB = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const GOOD_PATH = new RegExp(`^(?:${KEBAB}/)+(?!index\\.)${KEBAB}\\.ts$`);
const MAX_LINES = 200;

/** A finder of the lines that match and whose neighbour `offset` lines away does not match `company`. */
function linesWithout(pattern: RegExp, offset: number, company: RegExp, view = (text: string) => text) {
  return (files: readonly SourceFile[]): readonly string[] =>
    files.flatMap(({ path, text }) => {
      const lines = text.split('\n');
      const seen = view(text).split('\n');
      return seen.flatMap((line, index) => {
        const isAlone = pattern.test(line) && !company.test(lines[index + offset] ?? '');
        return isAlone ? [`${path}:${index + 1}: ${lines[index]?.trim()}`] : [];
      });
    });
}

function withoutImports(text: string): string {
  return codeOnly(text).replaceAll(/^(?:im|ex)port\b[^;=]*;/gm, (statement) => statement.replaceAll(/[^\n]/g, ' '));
}

/** How a file is written. */
export const STYLE_RULES: readonly Rule[] = [
  {
    name: 'no type and no check is switched off',
    reason: 'one `any` or silenced line spreads without a trace',
    find: (files) => [
      ...linesWith(/(?:[:<|&,(]\s*|\bas\s+)any\b|\bany\[\]/)(files),
      ...linesWith(/@ts-(?:ignore|expect-error|nocheck)|biome-ignore/, undefined, String)(files),
    ],
    broken: {
      'src/http/a.ts': 'function f(x: any) {}',
      'src/http/b.ts': 'const x = y as any;',
      'src/http/c.ts': 'const x = new Map<string, any>();',
      'src/http/d.ts': '// @ts-expect-error\nf();',
    },
    fine: { 'src/http/e.ts': '// any\nconst signal = AbortSignal.any([]);\nconst any = 1;' },
  },
  {
    name: 'a cast has a comment above it that says why',
    reason: 'a cast is a promise that the compiler cannot check: a boundary, said so',
    find: linesWithout(/\bas (?!const\b)[\w{[(]/, -1, /\/\/|\*\/$/, withoutImports),
    broken: { 'src/http/a.ts': 'f();\nconst x = y as Z;' },
    fine: {
      'src/http/b.ts': "import {\n  x as y,\n} from './x.ts';\nimport * as z from './z.ts';\nconst a = [] as const;",
      'src/http/c.ts': '// The library types it wider than it is.\nconst x = y as Z;',
      'src/http/d.ts': "const text = 'as it is'; // as it is",
    },
  },
  {
    name: 'coverage is left out only where the type leaves no value',
    reason: 'a line that no test reaches is a line that nobody has seen work',
    find: linesWithout(/v8 ignore/, 2, /satisfies never;$/),
    broken: { 'src/http/a.ts': '/* v8 ignore next 2 */\nif (x) {\n  f();\n}' },
    fine: { 'src/http/b.ts': '/* v8 ignore next 2 */\ndefault:\n  return x satisfies never;' },
  },
  {
    name: 'every export says in a sentence what it promises',
    reason: 'who reads a call should not have to read the body',
    find: linesWithout(/^export (?:async |abstract )*(?:function|const|class|interface|type) \w/, -1, /\*\/$/),
    broken: {
      'src/http/a.ts': 'export const X = 1;',
      'src/http/b.ts': '// Not a doc comment.\nexport interface X {}',
      'src/http/c.ts': '/** Far away. */\n\nexport async function f() {}',
    },
    fine: { 'src/http/d.ts': "/** What it is. */\nexport const X = 1;\nexport { y } from './y.ts';\nfunction f() {}" },
  },
  {
    name: `no file is longer than ${MAX_LINES} lines`,
    reason: 'a longer one holds two ideas',
    find: (files) => files.filter(({ text }) => text.split('\n').length > MAX_LINES + 1).map(({ path }) => path),
    broken: { 'src/http/a.ts': 'x\n'.repeat(MAX_LINES + 1) },
    fine: { 'src/http/b.ts': 'x\n'.repeat(MAX_LINES) },
  },
  {
    name: 'a file is named in kebab-case after what it exports, never index.ts',
    reason: 'a barrel hides who imports what, and breeds cycles',
    find: (files) => files.map(({ path }) => path).filter((path) => !GOOD_PATH.test(path)),
    broken: { 'src/http/index.ts': '', 'src/http/webConfig.ts': '', 'src/http/web_config.ts': '', 'src/Http/a.ts': '' },
    fine: { 'src/http/web-config.ts': '', 'src/main.ts': '', 'src/stand-in/a.ts': '' },
  },
];
