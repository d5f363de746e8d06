import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One file of the project: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Where the project is, without a slash at the end. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '');

/** The TypeScript files below a folder of the project, but for declarations, which hold no code. */
export function readSources(folder: string): readonly SourceFile[] {
  const names = readdirSync(`${PROJECT_ROOT}/${folder}`, { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${PROJECT_ROOT}/${path}`, 'utf8') }));
}

const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const STRING = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`;
const TEMPLATE = '`(?:\\\\[\\s\\S]|[^`\\\\])*`';
const REGEX = String.raw`(?<=(?:^|[(,=:[!&|?{};]|\breturn)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*`;
const TOKEN = new RegExp(`(${COMMENT})|${STRING}|${TEMPLATE}|${REGEX}`, 'gm');

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

/** One way to look at a text; what it leaves out is blank, and every character keeps its place. */
export type View = (text: string) => string;

/** The text without its comments. */
export const withoutComments: View = (text) =>
  text.replaceAll(TOKEN, (token, comment?: string) => (comment === undefined ? token : blank(token)));

/** The text without comments, strings, templates and regular expressions. */
export const withoutTexts: View = (text) => text.replaceAll(TOKEN, blank);

/** The text without comments, strings and regular expressions; of templates the code inside `${}` stays. */
export const codeOnly: View = (text) =>
  text.replaceAll(TOKEN, (token) =>
    token.startsWith('`') ? token.replaceAll(/(\$\{[^}]*\})|[^\n]/g, (_, code?: string) => code ?? ' ') : blank(token),
  );

/** A finder of the lines that match, as `path:line: the line`, in the files that `isMeant`, looked at through `view`. */
export function linesWith(
  pattern: RegExp,
  isMeant: (path: string) => boolean = () => true,
  view: View = codeOnly,
): (files: readonly SourceFile[]) => readonly string[] {
  function find({ path, text }: SourceFile): readonly string[] {
    const lines = text.split('\n');
    const seen = view(text).split('\n');
    return seen.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${lines[index]?.trim()}`] : []));
  }
  return (files) => files.filter(({ path }) => isMeant(path)).flatMap(find);
}
