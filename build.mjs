import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'rolldown';

// In few files the program starts sooner; what only some runs need stays in files of its own.
await build({
  input: { main: 'src/main.ts', 'storage-process': 'src/storage/storage-process.ts' },
  platform: 'node',
  external: [
    // Native modules are a file for each platform.
    '@node-rs/bcrypt',
    'libsql',
    // Fastify does not load them here, as src/http/query.ts has it; a quarter of what a start would read.
    '@fastify/ajv-compiler',
    '@fastify/fast-json-stringify-compiler',
  ],
  output: { dir: 'dist', cleanDir: true, chunkFileNames: '[name]-[hash].js' },
  plugins: [
    { name: 'third-party-licenses', generateBundle: emitLicenses },
    { name: 'ascii', generateBundle: escapeNonAscii },
  ],
});

// What the pages load.
await build({
  input: ['src/page/browser/start.ts', 'src/page/browser/node-page.ts', 'src/page/browser/events-page.ts'],
  platform: 'browser',
  output: { dir: 'dist/page', chunkFileNames: '[name].js' },
  plugins: [{ name: 'style-sheet', generateBundle: emitStyleSheet }],
});

/** Writes down the licenses of the packages that have become part of the program, as most of them ask for. */
function emitLicenses(_options, bundle) {
  const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const folders = modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? '');
  const texts = [...new Set(folders)]
    .filter((folder) => folder !== '')
    .toSorted()
    .map(describePackage);
  this.emitFile({ type: 'asset', fileName: 'THIRD_PARTY_LICENSES.txt', source: texts.join('\n') });
}

/** One character beyond Latin-1 would make the whole text of a file take twice the memory, for as long as the program runs. */
function escapeNonAscii(_options, bundle) {
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk') file.code = file.code.replaceAll(/[^\0-\x7f]/g, escapeUnit);
  }
}

function escapeUnit(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function describePackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts, ''].join('\n\n');
}

function emitStyleSheet() {
  this.emitFile({ type: 'asset', fileName: 'status.css', source: readFileSync('src/page/status.css') });
}
