import { type Block, blocksOf, type Page } from './pages.ts';

/** A command as a page gives it, with the lines that belong to it. */
export interface DocCommand {
  /** Where it stands: `docs/install.md:12`. */
  readonly place: string;
  readonly text: string;
}

/** The commands of a page, in their order. */
export function commandsOf(page: Page): readonly DocCommand[] {
  return blocksOf(page)
    .filter(({ kind }) => kind === 'commands')
    .flatMap(commandsIn);
}

function commandsIn({ page, line, text }: Block): readonly DocCommand[] {
  // A line goes on after a backslash, and a here-document until its end.
  const found = text.matchAll(/^.*<<(\w+)\n[\s\S]*?^\1$|^(?:.*\\\n)*.+$/gm);
  return [...found]
    .map(({ 0: command, index }) => ({
      place: `${page}:${line + text.slice(0, index).split('\n').length - 1}`,
      text: command,
    }))
    .filter((command) => !command.text.startsWith('#'));
}
