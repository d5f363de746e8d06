import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** One file that the pages load. */
export interface PageAsset {
  readonly type: string;
  readonly body: Buffer;
}

/** The files that the pages load, by path below `/assets/`. The paths contain a hash of all files. */
export interface PageAssets {
  readonly files: ReadonlyMap<string, PageAsset>;
  readonly stylePath: string;
  /** Paths of the scripts of `/`, the node page and the events page; undefined when the sources run without a build. */
  readonly scripts: Readonly<Record<'start' | 'nodePage' | 'events', string | undefined>>;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};
const STYLE = 'status.css';

/** Reads the style sheet and the scripts from a folder. There are no scripts when the sources run without a build. */
export function readPageAssets(folder: URL): PageAssets {
  const names = readdirSync(folder)
    .filter((name) => /\.(?:css|js)$/.test(name))
    .toSorted();
  const bodies = names.map((name) => ({ name, body: readFileSync(new URL(name, folder)) }));
  const hash = createHash('sha256');
  for (const { name, body } of bodies) hash.update(`${name}\n${body.length}\n`).update(body);
  const version = hash.digest('hex').slice(0, 16);
  const files = new Map<string, PageAsset>();
  for (const { name, body } of bodies) {
    files.set(`${version}/${name}`, { type: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? '', body });
  }
  const pathOf = (name: string): string => `assets/${version}/${name}`;
  const scriptOf = (name: string): string | undefined => (names.includes(name) ? pathOf(name) : undefined);
  return {
    files,
    stylePath: pathOf(STYLE),
    scripts: { start: scriptOf('start.js'), nodePage: scriptOf('node-page.js'), events: scriptOf('events-page.js') },
  };
}
