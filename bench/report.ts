import { type Finding, isMet } from './finding.ts';
import { median } from './stats.ts';

/** What a suite has found. */
export interface SuiteReport {
  readonly name: string;
  readonly method: string;
  /** When it began, as ISO 8601 has it. */
  readonly date: string;
  /** Machine and versions, and what was not there. */
  readonly lines: readonly string[];
  readonly findings: readonly Finding[];
}

const PREFACE = `# Results of the bench

\`npm run bench\` measures the exporter beside its peers and beside the limits of the machine, and writes this file: of each suite
the latest result first, then the one before, unless it was measured in another way. Each number is the median of the rounds, with the lowest
and the highest of them. Without a unit it is a ratio of two candidates that were measured in the same round, one after the other, in an
order that alternates. [docs/performance.md](../docs/performance.md) says what follows from it.
`;

/** Every suite in the file of results begins so, and every result of it. */
const SUITE_HEAD = '## ';
const RESULT_HEAD = '### ';

/** The file of results after one more of a suite: the result before it stays if it was got by the same method, older ones go. */
export function withResult(file: string, { name, method, date, lines, findings }: SuiteReport): string {
  const sections = new Map(sectionsOf(file, SUITE_HEAD).map((section) => [firstLine(section), section]));
  const head = `${SUITE_HEAD}${name}\n\n${method}\n`;
  const before = sections.get(name);
  const kept = before?.startsWith(head) ? sectionsOf(before, RESULT_HEAD).slice(0, 1) : [];
  sections.set(
    name,
    [head, `${RESULT_HEAD}${date}\n\n${lines.join('. ')}.\n\n${renderTable(findings)}`, ...kept].join('\n'),
  );
  return `${[PREFACE, ...sections.values()].map((part) => part.trim()).join('\n\n')}\n`;
}

function sectionsOf(text: string, head: string): readonly string[] {
  return `\n${text}`
    .split(`\n${head}`)
    .slice(1)
    .map((section) => head + section);
}

function firstLine(section: string): string {
  return section.slice(SUITE_HEAD.length, section.indexOf('\n'));
}

/** A table of findings in Markdown, which a terminal shows well too. */
export function renderTable(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [finding.what, ...cells(finding)]);
  const all = [['what', 'median', 'lowest to highest', 'wanted', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  const [head = [], ...body] = all;
  return `${line(head)}${line(widths.map((width) => '-'.repeat(width)))}${body.map(line).join('')}`;
}

function cells(finding: Finding): readonly string[] {
  const { rounds, unit, target } = finding;
  const show = (value: number): string =>
    `${Math.abs(value) < 100 ? value.toPrecision(3) : value.toFixed(0)}${unit && ` ${unit}`}`;
  const wanted = target === undefined ? '' : `${target.kind} ${show(target.value)}`;
  const verdict = { true: 'met', false: '**missed**', undefined: '' }[String(isMet(finding))] ?? '';
  return [show(median(rounds)), `${show(Math.min(...rounds))} to ${show(Math.max(...rounds))}`, wanted, verdict];
}
