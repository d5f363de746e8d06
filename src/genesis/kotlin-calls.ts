import { type KotlinArgument, readKotlinArguments } from './kotlin-arguments.ts';
import { kotlinTokens } from './kotlin-tokens.ts';
import { problemAt, type TextProblem } from './text-problem.ts';

/** A call such as `item(name = "A", value = "B")`, or the head of a block such as `global`. */
export interface KotlinCall {
  readonly name: string;
  /** The first four. */
  readonly args: readonly KotlinArgument[];
  /** Whether the call runs whenever its block runs: it is in no branch and in no expression. */
  readonly isCertain: boolean;
}

const BRANCHES: ReadonlySet<string> = new Set(['if', 'else', 'while', 'for', 'when', 'do', 'try', 'catch', 'fun']);
const STATEMENT_EDGES: ReadonlySet<string> = new Set(['{', '}', ')', ';']);
const NO_HEAD: KotlinCall = { name: '', args: [], isCertain: false };

/**
 * Calls `visit` for every call of a Kotlin script in order, with the blocks around it, the outermost first.
 * Returns an unclosed block or string, if there is one; later calls are not visited.
 */
export function visitKotlinCalls(
  text: string,
  visit: (call: KotlinCall, blocks: readonly KotlinCall[]) => void,
): TextProblem | undefined {
  const tokens = kotlinTokens(text);
  const blocks: KotlinCall[] = [];
  const openings: number[] = [];
  let head: KotlinCall | undefined;
  let isBranch = false;
  let isStatement = true;
  for (const token of tokens) {
    const { kind, offset } = token;
    if (kind === 'unclosed') return problemAt(text, offset, `expected the end of this ${token.text}`);
    const mark = kind === 'mark' ? token.text : '';
    if (mark === '(') {
      const args = readKotlinArguments(tokens);
      if (args === undefined) return problemAt(text, offset, 'expected a ) for this (');
      head = head === undefined ? undefined : { ...head, args };
      if (head !== undefined && !BRANCHES.has(head.name)) {
        visit(head, blocks);
        isBranch = false;
      }
    } else if (mark === '{') {
      blocks.push(head ?? NO_HEAD);
      openings.push(offset);
      head = undefined;
      isBranch = false;
    } else if (mark === '}') {
      if (blocks.pop() === undefined) return problemAt(text, offset, 'expected no } here');
      openings.pop();
      head = undefined;
    } else if (kind === 'name') {
      head = { name: token.text, args: [], isCertain: isStatement && !isBranch };
      isBranch ||= BRANCHES.has(token.text);
    } else {
      head = undefined;
    }
    isStatement = mark === '' || mark === '(' || STATEMENT_EDGES.has(mark);
  }
  const last = openings.at(-1);
  return last === undefined ? undefined : problemAt(text, last, 'expected a } for this {');
}
