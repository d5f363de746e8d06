import { availabilityBasis, availabilityText } from './availability.ts';
import type { IncidentInfo } from './incident-list.ts';
import type { NodeInfo } from './nodes-answer.ts';
import type { SubjectHistory } from './strip-list.ts';
import { type StripWindow, spansWithin } from './strip-shapes.ts';
import { stateWords } from './strip-text.ts';
import { lengthText, utcText } from './time.ts';
import { NODE_REASON_WORDS, saidText } from './words.ts';

/** Of each subject at most so many spans are in the text; the JSON has all. */
const MAX_SPANS = 200;

/** More incidents are counted. */
const MAX_INCIDENTS = 500;

/** What the text of a node is made from. */
export interface NodeTextInput {
  readonly node: NodeInfo;
  readonly nowMs: number;
  readonly window: StripWindow;
  readonly subjects: readonly SubjectHistory[];
  readonly incidents: readonly IncidentInfo[];
}

/** The history of a node as plain text for a report or a chat, all times in UTC. */
export function nodeText(input: NodeTextInput): string {
  const { node, nowMs, window, subjects, incidents } = input;
  const lines = [
    `${oneLine(node.name)}, ${utcText(window.fromMs)} to ${utcText(window.toMs)} (${lengthText(window.toMs - window.fromMs)})`,
    `Now: ${nowText(node, nowMs)}`,
    '',
    'Available',
    ...subjects.map((subject) => availableLine(subject, window)),
    '',
    `Incidents: ${incidents.length === 0 ? 'none' : incidents.length}`,
    ...incidents.slice(0, MAX_INCIDENTS).map(incidentLine),
    ...(incidents.length > MAX_INCIDENTS ? [`  and ${incidents.length - MAX_INCIDENTS} earlier ones`] : []),
  ];
  for (const { process, spans } of subjects) {
    const within = spansWithin(spans, window);
    const shown = within.slice(-MAX_SPANS);
    lines.push('', `States of ${oneLine(process ?? 'the node')}`);
    if (shown.length < within.length) lines.push(`  ${within.length - shown.length} earlier ones are in the JSON`);
    for (const { fromMs, toMs, state } of shown) {
      lines.push(`  ${utcText(fromMs)} to ${utcText(toMs)}  ${stateWords(state)} for ${lengthText(toMs - fromMs)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function nowText({ healthy, reason, since }: NodeInfo, nowMs: number): string {
  const state = healthy ? 'healthy' : `not healthy (${reason === null ? '' : NODE_REASON_WORDS[reason]})`;
  return since === null ? state : `${state}, for ${lengthText(nowMs - Date.parse(since))}`;
}

function availableLine({ process, availability }: SubjectHistory, { fromMs, toMs }: StripWindow): string {
  const basis = availabilityBasis(availability, toMs - fromMs);
  return `  ${oneLine(process ?? 'the node')}: ${availabilityText(availability)} ${basis}`;
}

function incidentLine(incident: IncidentInfo): string {
  const { process, from, to, durationSeconds, state } = incident;
  const end = to === null ? 'goes on' : utcText(Date.parse(to));
  const said = saidText(incident);
  return oneLine(
    `  ${utcText(Date.parse(from))} to ${end}, ${lengthText(durationSeconds * 1000)}: ${process ?? 'the node'} ${stateWords(state)}${said === '' ? '' : `, ${said}`}`,
  );
}

/** Text that others wrote must not look like lines of the report. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
