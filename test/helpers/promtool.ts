import { spawnSync } from 'node:child_process';

/** How a tool ended, and all that it wrote. */
export interface ToolRun {
  readonly status: number | null;
  readonly output: string;
}

/** Programs of Prometheus that the environment puts in place of those on the PATH. */
const REPLACED: Readonly<Record<string, string | undefined>> = {
  prometheus: process.env['PROMETHEUS'],
  promtool: process.env['PROMTOOL'],
};

/** The file of a program, such as that of another Prometheus by `PROMETHEUS=/path`. */
export function programOf(tool: string): string {
  return REPLACED[tool] || tool;
}

/** Runs a tool of Prometheus to its end, with `input` on its standard input. */
export function runTool(tool: string, args: readonly string[], input = ''): ToolRun {
  const { stdout, stderr, status } = spawnSync(programOf(tool), args, { input, encoding: 'utf8' });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}` };
}

/** Whether a tool can be run; where it must be, under CI, its absence is an error. */
export function hasTool(tool: string, args: readonly string[] = ['--version']): boolean {
  const isThere = runTool(tool, args).status === 0;
  if (!isThere && process.env['CI'] === 'true') throw new Error(`${tool} is missing, and CI must have it`);
  if (!isThere) console.warn(`skipped: no ${tool}`);
  return isThere;
}

/** Whether promtool can be run; where it must be, under CI, its absence is an error. */
export function hasPromtool(): boolean {
  return hasTool('promtool');
}

/** What `promtool check metrics` says of a page; nothing when the page is clean. */
export function lintMetrics(page: string): string {
  const { output, status } = runTool('promtool', ['check', 'metrics'], page);
  return `${output}${status === 0 ? '' : `exit ${status}`}`;
}
