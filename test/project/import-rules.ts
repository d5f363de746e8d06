import { COMPUTED, findCycles, type Import, importsOf } from './imports.ts';
import type { Rule } from './rule.ts';
import type { SourceFile } from './source.ts';

const PURE = ['domain', 'genesis', 'config', 'rules', 'diagnosis'];

/** Those that decide about nodes; `rules` only makes a file for Prometheus. */
const DECIDING = PURE.filter((folder) => folder !== 'rules' && folder !== 'diagnosis');

/** Pure folders, and the low edge that speaks HTTP for those above it. */
const PURE_AND_CLIENT = [...DECIDING, 'http-client'];

/** The folders that each folder of `src` may import from, besides itself. */
const MAY_IMPORT: ReadonlyMap<string, readonly string[]> = new Map([
  ['domain', []],
  ['genesis', ['domain']],
  ['config', ['domain']],
  ['rules', ['domain']],
  ['diagnosis', ['domain']],
  ['http-client', DECIDING],
  ['prober', [...PURE_AND_CLIENT, 'diagnosis']],
  ['scrape', DECIDING],
  // A source that cannot be read is told of in the words of a probe that fails.
  ['discovery', [...PURE_AND_CLIENT, 'diagnosis']],
  ['collector', DECIDING],
  ['page', ['domain']],
  ['http', [...DECIDING, 'page']],
  ['storage', ['domain']],
  ['stand-in', DECIDING],
  ['check', ['domain']],
  ['app', [...PURE_AND_CLIENT, 'prober', 'scrape', 'discovery', 'collector', 'http', 'storage']],
  ['cli', [...PURE_AND_CLIENT, 'app', 'prober', 'scrape', 'http', 'check', 'stand-in', 'rules', 'page', 'storage']],
  ['', ['cli', 'app', 'config', 'check']],
]);

/** Files of `app` that everything is composed of, and that compose nothing themselves. */
const LEAVES = ['src/app/logger.ts', 'src/app/build-info.ts'];

/** Where a library or a module of Node.js that touches the world may be loaded; every package of the program is here. */
const LIBRARY_PLACES: Readonly<Record<string, RegExp>> = {
  'node:child_process': /^src\/storage\/store\.ts$/,
  'node:dns': /^src\/(prober\/|discovery\/dns-sd\.ts$)/,
  'node:fs':
    /^src\/(storage\/database|config\/load|discovery\/[\w-]+|http-client\/[\w-]*secrets?|http\/(web-config|page-assets|listen-address)|main|cli\/[\w-]+)\.ts$/,
  'node:http': /^src\/(http|stand-in)\//,
  'node:https': /^src\/(http|stand-in)\//,
  'node:net': /^src\/((prober|http-client|stand-in)\/|http\/listen(-address)?\.ts$)/,
  'node:tls': /^src\/((prober|http-client|stand-in)\/|http\/web-tls\.ts$)/,
  '@fastify': /^src\/http\//,
  '@node-rs/bcrypt': /^src\/http\//,
  commander: /^src\/cli\//,
  'fast-xml-parser': /^src\/genesis\//,
  fastify: /^src\/http\//,
  libsql: /^src\/storage\//,
  pino: /^src\/app\/logger\.ts$/,
  'pino-pretty': /^src\/app\/logger\.ts$/,
  'prom-client': /^src\/collector\//,
  undici: /^src\/http-client\//,
  yaml: /^src\/(config|discovery|rules)\//,
  zod: /^src\/(config|discovery)\//,
};

function folderOf(path: string): string {
  return path.split('/').length > 2 ? (path.split('/')[1] ?? '') : '';
}

function isAgainstTheArrows({ from, target, isRelative }: Import): boolean {
  if (!isRelative) return false;
  if (LEAVES.includes(from)) return folderOf(target) !== 'domain';
  if (folderOf(from) === folderOf(target)) return folderOf(from) === '';
  return !MAY_IMPORT.get(folderOf(from))?.includes(folderOf(target));
}

function isOutOfPlace({ from, target, isRelative, isTypeOnly }: Import): boolean {
  const isBuiltIn = target.startsWith('node:');
  if (isRelative || target === COMPUTED || (isBuiltIn && isTypeOnly)) return false;
  const library = Object.keys(LIBRARY_PLACES).find((name) => target === name || target.startsWith(`${name}/`));
  return library === undefined ? !isBuiltIn : LIBRARY_PLACES[library]?.test(from) !== true;
}

function findImports(matches: (one: Import) => boolean): (files: readonly SourceFile[]) => readonly string[] {
  return (files) =>
    files
      .flatMap(importsOf)
      .filter(matches)
      .map(({ from, specifier }) => `${from}: imports ${specifier}`);
}

/** What may import what. */
export const IMPORT_RULES: readonly Rule[] = [
  {
    name: 'imports follow the arrows between the folders',
    reason:
      'pure folders decide and know nobody; edges know the pure ones, some the HTTP client, never one another; app/ composes them, cli/ starts it, and src/ itself holds main.ts alone',
    find: findImports(isAgainstTheArrows),
    broken: {
      'src/domain/a.ts': "import { x } from '../genesis/x.ts';",
      'src/genesis/a.ts': "import type { X } from '../config/x.ts';",
      'src/config/a.ts': "export { x } from '../genesis/x.ts';",
      'src/http/a.ts': "import {\n  x,\n} from '../collector/x.ts';",
      'src/scrape/a.ts': "const x = await import('../prober/x.ts');",
      'src/prober/a.ts': "import '../logger.ts';",
      'src/http-client/a.ts': "import { x } from '../prober/x.ts';",
      'src/http/c.ts': "import { x } from '../http-client/x.ts';",
      'src/app/logger.ts': "import { x } from './exporter.ts';",
      'src/app/build-info.ts': "import { x } from '../http/x.ts';",
      'src/app/a.ts': "import { x } from '../cli/x.ts';",
      'src/main.ts': "import { x } from './loose.ts';",
      'src/somewhere/a.ts': "import { x } from '../domain/x.ts';",
    },
    fine: {
      'src/domain/b.ts': "import { x } from './x.ts';",
      'src/genesis/b.ts': "import { x } from '../domain/x.ts';",
      'src/http/b.ts': "import { x } from '../genesis/x.ts';\nimport { y } from '../config/y.ts';",
      'src/app/exporter.ts': "import { x } from '../http/x.ts';\nimport { y } from './logger.ts';",
      'src/prober/b.ts': "// import { x } from '../http/x.ts';",
      'src/discovery/b.ts': "import { x } from '../http-client/x.ts';",
    },
  },
  {
    name: 'a library is loaded only in its place, and every library has one',
    reason: 'one folder knows a library, so that one folder changes with it; sockets and files stay at the edges',
    find: findImports(isOutOfPlace),
    broken: {
      'src/domain/a.ts': "import { z } from 'zod';",
      'src/config/parse.ts': "import { readFileSync } from 'node:fs';",
      'src/scrape/a.ts': "import { readFile } from 'node:fs/promises';",
      'src/http/a.ts': "import { connect } from 'node:net';",
      'src/scrape/b.ts': "import { request } from 'undici';",
      'src/app/exporter.ts': "import { Registry } from 'prom-client';",
      'src/collector/a.ts': "import type { FastifyInstance } from 'fastify';",
      'src/http/b.ts': "const { pino } = await import('pino');",
      'src/http/c.ts': "import { parse } from 'yaml';",
      'src/app/a.ts': "import { Command } from 'commander';",
      'src/prober/a.ts': "import { exec } from 'node:child_process';",
      'src/prober/b.ts': "import leftPad from 'left-pad';",
      'src/discovery/a.ts': "import { Client } from 'undici';",
    },
    fine: {
      'src/config/load.ts': "import { readFile } from 'node:fs/promises';\nimport { parse } from 'yaml';",
      'src/prober/c.ts': "import { connect } from 'node:tls';",
      'src/http/d.ts': "import type { AddressInfo } from 'node:net';\nimport helmet from '@fastify/helmet';",
      'src/app/logger.ts': "const pretty = await import('pino-pretty');",
    },
  },
  {
    name: 'pure folders load no module of Node.js, but for config/load.ts',
    reason: 'what decides must run, and be tested, without a machine around it',
    find: findImports(
      ({ from, target }) =>
        PURE.includes(folderOf(from)) && target.startsWith('node:') && from !== 'src/config/load.ts',
    ),
    broken: {
      'src/domain/a.ts': "import { inspect } from 'node:util';",
      'src/genesis/a.ts': "import type { Socket } from 'node:net';",
      'src/config/a.ts': "import { hostname } from 'node:os';",
    },
    fine: {
      'src/config/load.ts': "import { dirname } from 'node:path';",
      'src/http/a.ts': "import { inspect } from 'node:util';",
    },
  },
  {
    name: 'relative imports name a .ts file, and nothing imports what it computes',
    reason: 'an import that cannot be read cannot be held to the arrows',
    find: findImports(
      ({ specifier, isRelative }) => specifier === COMPUTED || (isRelative && !specifier.endsWith('.ts')),
    ),
    broken: {
      'src/http/a.ts': "import { x } from './x';",
      'src/http/b.ts': "import { x } from './x.js';",
      'src/http/c.ts': 'const x = await import(name);',
    },
    fine: { 'src/http/d.ts': "import { x } from './x.ts';\nconst y = await import('./y.ts');" },
  },
  {
    name: 'no file imports itself, not even through others',
    reason: 'what turns in a circle can be neither understood nor tested apart',
    find: findCycles,
    broken: { 'src/http/a.ts': "import type { A } from './a.ts';" },
    fine: { 'src/http/b.ts': "import { a } from './a.ts';" },
  },
];
