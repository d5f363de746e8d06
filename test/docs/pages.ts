import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { syntaxErrors } from '../grafana/promql.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** A page of the docs. */
export interface Page {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** A block of code of a page, or of an indented one the part between two empty lines. */
export interface Block {
  readonly page: string;
  /** The line of its first line, from 1. */
  readonly line: number;
  /** `commands` is all of which nothing else is known: a block of another kind is fenced, with the name of its language. */
  readonly kind: 'commands' | 'yaml' | 'promql' | 'other';
  readonly text: string;
}

/** All pages: the README, `docs/` and what tells of other folders. */
export function readPages(): readonly Page[] {
  return ['', 'docs/', 'docs/runbooks/', 'prometheus/'].flatMap((folder) =>
    readdirSync(ROOT + folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => ({ path: folder + name, text: readFileSync(ROOT + folder + name, 'utf8') })),
  );
}

/** The blocks of code of a page, in their order. */
export function blocksOf({ path, text }: Page): readonly Block[] {
  const found = text.matchAll(/^```(?<language>\w*)\n(?<fenced>[\s\S]*?)^```$|(?<=\n\n)(?<indented>(?: {4}.*\n?)+)/gm);
  return [...found].map(({ index, groups = {} }) => {
    const code = groups['fenced'] ?? (groups['indented'] ?? '').replaceAll(/^ {4}/gm, '');
    const line = text.slice(0, index).split('\n').length + (groups['fenced'] === undefined ? 0 : 1);
    return { page: path, line, kind: kindOf(groups['language'] ?? '', code), text: code };
  });
}

function kindOf(language: string, code: string): Block['kind'] {
  if (/^(?:sh|bash|console)$/.test(language)) return 'commands';
  if (language !== '') return language === 'yaml' || language === 'promql' ? language : 'other';
  if (isYaml(code)) return 'yaml';
  return isPromql(code) ? 'promql' : 'commands';
}

/** Whether a text is a mapping in YAML, or a list of them; a command is a plain text in it, or has a key with blanks. */
function isYaml(code: string): boolean {
  try {
    const items: unknown[] = [parse(code)].flat();
    return items.every(isMapping);
  } catch {
    return false;
  }
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).every((key) => /^[\w.-]+$/.test(key));
}

function isPromql(code: string): boolean {
  const lines = code.split('\n').map((line) => line.replace(/\s+#.*$/, ''));
  return lines.every((line) => line === '' || (/\bgenesis_/.test(line) && syntaxErrors(line).length === 0));
}
