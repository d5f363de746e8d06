import { type Finding, isMet } from './finding.ts';
import { median } from './stats.ts';

/** What a suite has found. */
export interface SuiteReport {
  readonly method: string;
  readonly findings: readonly Finding[];
}

/** One run of the bench. */
export interface RunReport {
  /** As ISO 8601 has it. */
  readonly date: string;
  /** Machine and versions. */
  readonly lines: readonly string[];
  readonly missing: readonly string[];
  readonly suites: readonly SuiteReport[];
}

/** Every run in the file of results begins so. */
const RUN_HEAD = '## Run of ';

const PREFACE = `# Results of the bench

\`npm run bench\` measures the exporter beside its peers and beside the limits of the machine, and writes this file: the
latest run first, then the one before. Each number is the median of the rounds, with the lowest and the highest of them. Without a unit it is
a ratio of two candidates that were measured in the same round, one after the other, in an order that alternates.
[docs/performance.md](../docs/performance.md) says what follows from it.
`;

/** A run as a section of Markdown. */
export function renderRun({ date, lines, missing, suites }: RunReport): string {
  const absent = missing.length === 0 ? '' : `\nNot installed, so not measured: ${missing.join(', ')}.\n`;
  const tables = suites.map(({ method, findings }) => `${method}\n\n${renderTable(findings)}`);
  return `${RUN_HEAD}${date}\n\n${lines.join('\n\n')}\n${absent}\n${tables.join('\n')}`;
}

/** The file of results after one more run: the run before it stays, older ones go. */
export function withRun(file: string, run: string): string {
  const before = file.split(`\n${RUN_HEAD}`)[1];
  return [PREFACE, run, ...(before === undefined ? [] : [`${RUN_HEAD}${before}`])]
    .map((part) => part.trim())
    .join('\n\n')
    .concat('\n');
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
