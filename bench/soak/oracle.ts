/*
 * What an answer may say, and what it must say.
 *
 * An answer asked for at A and had at B is made at some moment between the two. What is known of the truth is a history:
 * at each moment, what each stand-in would report and which ports it listens on.
 *
 * Greener than the truth allows. A report counts until it is `stale_after` old, counted from when its probe was sent. So
 * whatever the answer claims was reported at some moment from A - stale_after to B, and must have been true *then*: a STATUS
 * must not claim more than the greenest that was reported in that time, and a node is not healthy unless at some moment in
 * it Genesis answered 200 and left out no process that the exporter had shown before. A process whose port has been closed
 * from A - 3 intervals to B must have been found so, for an older `ok` no longer counts; this needs an exporter that showed the process before
 * that time, as it must know of it to connect to it. A process that was shown a second before the exporter was killed is known to
 * the next one from its start on. What an exporter claims it has seen itself: nothing that was so before its life began, and nothing
 * at all of a node that it has not asked. UNKNOWN and all that is worse claim nothing. None of this needs an
 * allowance for a slow machine: it makes an answer redder, never greener.
 *
 * Redder than the truth allows. When nothing at all has been wrong with a node from A - 2 intervals to B, and the exporter
 * has known it for as long, the node is healthy and every process UP. Here a machine without a processor to spare is to
 * blame itself: when this program or the exporter had to wait for one for a moment in that time, redness is excused.
 */
import type { Answer, Row, Verdict } from './answer.ts';
import type { History } from './history.ts';
import { TIMING } from './timing.ts';
import { describeTruth, greenness, isWell, mayBeHealthy, mostGreenness, type NodeTruth } from './truth.ts';

/** What is known of a node and of what the exporter knows of it. */
export interface Witness {
  readonly history: History<NodeTruth>;
  /** Since when the running exporter has the node in its configuration; Infinity while it may not have it. */
  readonly sinceMs: number;
  /** When an answer first showed each process in that time. */
  readonly shownMs: ReadonlyMap<string, number>;
  /** When the life of the running exporter began. */
  readonly bornMs: number;
  /** Whether a health probe has come since then. */
  readonly isProbed: boolean;
}

/**
 * All ways in which an answer contradicts the truth; empty for a right one. Nodes without a witness are left out, and what is
 * redder when the machine `stalledDuring` the time that is looked at, milliseconds.
 */
export function contradictions(
  answer: Answer,
  witnesses: ReadonlyMap<string, Witness>,
  stalledDuring: (fromMs: number, toMs: number) => boolean,
): readonly string[] {
  const isExcused = stalledDuring(answer.askedMs - TIMING.settleMs, answer.answeredMs);
  const isSettled = (node: string): boolean => !isExcused && hasBeenWell(answer, witnesses.get(node));
  const problems: string[] = [];
  for (const row of answer.rows) {
    const witness = witnesses.get(row.node);
    if (witness !== undefined && isTooGreen(row, answer, witness))
      problems.push(`${nameOf(row)} is greener than it was`);
    if (isSettled(row.node) && row.status !== 'UP') problems.push(`${nameOf(row)}, but the node has been well`);
  }
  for (const verdict of answer.verdicts) {
    if (verdict.healthy) problems.push(...tooHealthy(verdict, answer, witnesses));
    else if (verdict.nodes.length > 0 && verdict.nodes.every(isSettled))
      problems.push(`not healthy, but well: ${verdict.nodes.join(', ')}`);
    for (const node of verdict.process === undefined ? verdict.nodes.filter(isSettled) : [])
      if (!showsAll(node, answer, witnesses.get(node))) problems.push(`${node}: not every process is shown`);
  }
  return problems;
}

function nameOf({ node, process, status }: Row): string {
  return `${node}: ${process} ${status}`;
}

function isTooGreen({ process, status }: Row, { askedMs, answeredMs }: Answer, witness: Witness): boolean {
  const { history, shownMs } = witness;
  const connectFromMs = askedMs - TIMING.connectValidMs;
  const wasKnown = (shownMs.get(process) ?? Number.POSITIVE_INFINITY) <= connectFromMs;
  const isDead =
    wasKnown && history.during(connectFromMs, answeredMs).every(({ value }) => !isListening(value, process));
  const possible = evidence(witness, { askedMs, answeredMs }).map((value) => mostGreenness(value, process, isDead));
  return greenness(status) > Math.max(0, ...possible);
}

/** All that the exporter may have seen in time. An answer that was asked for before its life began is of the one before. */
function evidence(
  { history, bornMs, isProbed }: Witness,
  { askedMs, answeredMs }: Pick<Answer, 'askedMs' | 'answeredMs'>,
): readonly NodeTruth[] {
  const isOfThisLife = askedMs >= bornMs;
  if (isOfThisLife && !isProbed) return [];
  const fromMs = Math.max(askedMs - TIMING.staleAfterMs, isOfThisLife ? bornMs : 0);
  return history.during(fromMs, answeredMs).map(({ value }) => value);
}

function isListening({ processes }: NodeTruth, process: string): boolean {
  return processes.some(({ name, listening }) => name === process && listening);
}

function tooHealthy(
  { nodes, process }: Verdict,
  { askedMs, answeredMs, rows }: Answer,
  witnesses: ReadonlyMap<string, Witness>,
): readonly string[] {
  const unacceptable = rows.filter(
    ({ node, status }) => nodes.includes(node) && !['UP', 'STANDBY', 'WARNING'].includes(status),
  );
  const wrong = unacceptable.map((row) => `healthy with ${nameOf(row)}`);
  for (const node of nodes) {
    const witness = witnesses.get(node);
    if (!rows.some((row) => row.node === node)) wrong.push(`${node}: healthy without a process`);
    if (process !== undefined || witness === undefined) continue;
    const isKnown = (name: string): boolean => (witness.shownMs.get(name) ?? Number.POSITIVE_INFINITY) <= askedMs;
    if (!evidence(witness, { askedMs, answeredMs }).some((truth) => mayBeHealthy(truth, isKnown)))
      wrong.push(`${node}: healthier than it was`);
  }
  return wrong;
}

function hasBeenWell({ askedMs, answeredMs }: Answer, witness: Witness | undefined): boolean {
  const fromMs = askedMs - TIMING.settleMs;
  if (witness === undefined || witness.sinceMs > fromMs) return false;
  return witness.history.during(fromMs, answeredMs).every(({ value }) => isWell(value));
}

function showsAll(node: string, { rows, answeredMs }: Answer, witness: Witness | undefined): boolean {
  const shown = new Set(rows.filter((row) => row.node === node).map(({ process }) => process));
  const truths = witness?.history.during(answeredMs, answeredMs) ?? [];
  return truths.every(({ value }) => value.processes.every(({ name }) => shown.has(name)));
}

/** The truths that an answer is judged by, a line each, with their times in seconds before and after it was asked for. */
export function describeHistory(
  { askedMs, answeredMs }: Answer,
  { history, sinceMs }: Pick<Witness, 'history' | 'sinceMs'>,
): readonly string[] {
  const seconds = (ms: number): string => (Number.isFinite(ms) ? ((ms - askedMs) / 1000).toFixed(3) : 'ever');
  const truths = history.during(askedMs - TIMING.connectValidMs, answeredMs);
  return [
    `  known to the exporter since ${seconds(sinceMs)} s`,
    ...truths.map(
      ({ fromMs, untilMs, value }) => `  ${seconds(fromMs)} to ${seconds(untilMs)}: ${describeTruth(value)}`,
    ),
  ];
}
