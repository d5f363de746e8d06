import type { Rule } from './rule.ts';
import { linesWith, withoutComments, withoutTexts } from './source.ts';

/** Members of Node.js' `process`: in this program a variable of that name is mostly a Genesis process. */
const MEMBERS =
  'argv|arch|cwd|chdir|emit|emitWarning|env|exec\\w+|exit|exitCode|getuid|hrtime|kill|memoryUsage|nextTick|off|on|once|pid|platform|ppid|release|std\\w+|title|umask|uptime|versions?';
const PROCESS = new RegExp(
  `(?<![.\\w])process\\??\\.(?:${MEMBERS})\\b|\\bglobalThis\\.process\\b|(?<![.\\w])process\\[`,
);
const WORLD =
  /\bDate\.now\b|\bnew Date\(\)|\bperformance\.|\bset(?:Timeout|Interval|Immediate)\(|\bqueueMicrotask\(|\bMath\.random\b|\bcrypto\.|\bfetch\(/;
const DECLARATION =
  /^(?:$|\s|[})\]]|import\b|export (?!let|var|default)|(?:async )?function\b|(?:abstract )?class\b|const\b|type\b|interface\b)/;

function isAway(path: string): boolean {
  return !/^src\/(?:main\.ts$|cli\/|storage\/storage-process\.ts$)/.test(path);
}

/** Files that are run, not imported. */
const ENTRIES = new Set([
  'src/main.ts',
  'src/storage/storage-process.ts',
  ...['start', 'node-page', 'events-page'].map((name) => `src/page/browser/${name}.ts`),
]);

/** What a file may do, and when. */
export const PURITY_RULES: readonly Rule[] = [
  {
    name: 'only main.ts and cli/ touch the process around them',
    reason: 'arguments, environment, signals and exit codes come in at one place, so that all else can be tested',
    find: (files) => [
      ...linesWith(PROCESS, isAway)(files),
      ...linesWith(/from ['"](?:node:)?process['"]/, isAway, withoutComments)(files),
    ],
    broken: {
      'src/http/a.ts': 'const home = process.env;',
      'src/app/exporter.ts': "process.on('SIGTERM', stop);",
      'src/scrape/a.ts': `log(\`\${process.pid}\`);`,
      'src/scrape/b.ts': "import { env } from 'node:process';",
    },
    fine: {
      'src/main.ts': 'process.exit(1);',
      'src/cli/print.ts': "process.stdout.write('');",
      'src/domain/a.ts': "const port = process.port ?? 0; // process.env\nconst text = 'process.env';",
    },
  },
  {
    name: 'pure folders have no clock, no timer and no chance',
    reason: 'the same values in give the same values out: time comes in as an argument',
    find: linesWith(WORLD, (path) => /^src\/(?:domain|genesis|config)\//.test(path)),
    broken: {
      'src/domain/a.ts': 'const now = Date.now();',
      'src/domain/b.ts': 'const now = new Date();',
      'src/genesis/a.ts': 'const now = performance.now();',
      'src/config/a.ts': `const text = \`\${Math.random()}\`;`,
      'src/domain/c.ts': 'setTimeout(next, 1);',
    },
    fine: {
      'src/domain/d.ts': '/** Like Date.now(). */\nconst shown = new Date(nowMs);',
      'src/scrape/a.ts': 'setTimeout(next, 1);',
    },
  },
  {
    name: 'nothing prints on the console',
    reason: 'such a line has no level, no format and no reader',
    find: linesWith(/\bconsole\./),
    broken: { 'src/http/a.ts': 'console.log(1);' },
    fine: { 'src/http/b.ts': "// console.log(1);\nconst text = 'console.log(1)';" },
  },
  {
    name: 'importing a file does nothing, and leaves no state behind',
    reason: 'two exporters in one process, or two tests, must not meet in a variable of a module',
    find: linesWith(new RegExp(`^(?!${DECLARATION.source})`), (path) => !ENTRIES.has(path), withoutTexts),
    broken: {
      'src/http/a.ts': 'let count = 0;',
      'src/http/b.ts': 'export let count = 0;',
      'src/http/c.ts': 'start();',
      'src/http/d.ts': 'await start();',
      'src/http/e.ts': 'if (ready) {\n  start();\n}',
      'src/http/f.ts': 'export default {};',
      'src/http/g.ts': 'new Server();',
    },
    fine: {
      'src/main.ts': 'start();',
      'src/http/h.ts':
        "import { a } from './a.ts';\n\nconst LIMIT = [\n  1,\n];\nexport function b() {\n  start();\n}\n",
      'src/http/i.ts': 'const PAGE = `\nstart();\n`;',
    },
  },
];
