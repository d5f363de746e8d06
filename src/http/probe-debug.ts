import type { Hint } from '../domain/hint.ts';
import { helpUrl, nodeRunbook, processRunbook, type Runbook, runbookUrl } from '../domain/runbook.ts';
import { failedConnect, type NodeView } from '../domain/view.ts';

/** Everything that `/probe?debug=true` reports about one probe. */
export interface ProbeDebug {
  readonly target: string;
  /** Undefined for the module of the node. */
  readonly module: string | undefined;
  readonly timeoutMs: number;
  readonly isSuccess: boolean;
  readonly durationMs: number;
  readonly steps: readonly { readonly atMs: number; readonly text: string }[];
  readonly view: NodeView;
  /** Base URL of the runbooks. */
  readonly runbooks: string;
  /** The exposition. */
  readonly page: string;
}

/** Separates the message of Genesis from the part that the exporter adds. */
const OURS = ';exporter: ';

/** Formats a probe as plain text: its steps, the response, each verdict with its reason, and the series. */
export function formatProbeDebug(debug: ProbeDebug): string {
  const { target, module, timeoutMs, isSuccess, durationMs, steps, view, runbooks, page } = debug;
  const withModule = module === undefined ? '' : ` with module ${oneLine(module)}`;
  const verdict = view.reason === undefined ? 'healthy' : `not healthy (${view.reason})`;
  const sections = [
    [`Probe of ${oneLine(target)}${withModule}, at most ${timeoutMs} ms`],
    ['Steps', ...steps.map(({ atMs, text }) => `${atMs.toFixed(1).padStart(10)} ms  ${oneLine(text)}`)],
    ['What was answered', ...answered(view)],
    [
      'Verdicts',
      `  node: ${verdict}`,
      ...helpLines(runbooks, view.problem),
      ...runbookLines(runbooks, nodeRunbook(view.reason)),
      ...verdicts(view, runbooks),
    ],
    [`Probe ${isSuccess ? 'succeeded' : 'failed'} after ${durationMs.toFixed(1)} ms`],
    ['Series', page],
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

function answered({ snapshot }: NodeView): readonly string[] {
  const { health } = snapshot;
  if (health?.kind !== 'good') return ['  nothing that was understood'];
  const rows = health.report.processes.map(({ name, status, port, message }) =>
    oneLine(`  ${name}: ${status ?? 'no STATUS'}, port ${port ?? 'unknown'}, message ${JSON.stringify(message)}`),
  );
  return [`  code ${health.statusCode}`, ...rows];
}

function verdicts({ processes }: NodeView, runbooks: string): readonly string[] {
  return processes.flatMap((process) => {
    const { name, status, state, healthy, reason, message } = process;
    const word = status === state ? status : `${status} (${state})`;
    const why = reason === undefined ? '' : ` (${reason})`;
    const isOurs = reason !== undefined && reason !== 'reported';
    const explanation = isOurs ? `: ${message.slice(message.lastIndexOf(OURS) + OURS.length)}` : '';
    const line = oneLine(`  ${name}: ${word}, ${healthy ? 'healthy' : 'not healthy'}${why}${explanation}`);
    return [line, ...helpLines(runbooks, failedConnect(process)), ...runbookLines(runbooks, processRunbook(process))];
  });
}

function helpLines(
  runbooks: string,
  problem: { readonly detail: string; readonly hint?: Hint | undefined } | undefined,
): readonly string[] {
  if (problem === undefined) return [];
  const help = helpUrl(runbooks, problem.hint);
  return [oneLine(`    ${problem.detail}`), ...(help === undefined ? [] : [`    what to do: ${help}`])];
}

function runbookLines(runbooks: string, runbook: Runbook | undefined): readonly string[] {
  return runbook === undefined ? [] : [`    runbook: ${runbookUrl(runbooks, runbook)}`];
}

/** Replaces line breaks, so that remote text cannot imitate lines of this report. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
