import { availabilityBasis, availabilityText } from './availability.ts';
import type { EventInfo } from './event-info.ts';
import { eventDurationText } from './event-list.ts';
import type { IncidentInfo } from './incident-list.ts';
import type { NodeInfo } from './nodes-answer.ts';
import type { SubjectHistory } from './strip-list.ts';
import { type StripWindow, spansWithin } from './strip-shapes.ts';
import { EVENT_KIND_WORDS, stateWords } from './strip-text.ts';
import { lengthText, utcText } from './time.ts';
import { NODE_REASON_WORDS, reasonAndMessage } from './words.ts';

/** Of each subject at most so many spans are in the text; the JSON has all. */
const MAX_SPANS = 200;

/** More incidents are counted. */
const MAX_INCIDENTS = 500;

/** What the text of a node's history is made from. */
export interface HistoryTextInput {
  readonly name: string;
  /** Lines below the name. */
  readonly remarks: readonly string[];
  readonly window: StripWindow;
  readonly subjects: readonly SubjectHistory[];
  readonly incidents: readonly IncidentInfo[];
}

/** What the text of a node is made from. */
export interface NodeTextInput extends Omit<HistoryTextInput, 'name' | 'remarks'> {
  readonly node: NodeInfo;
  readonly nowMs: number;
  /** Where the history is to be seen; undefined when that is not known. */
  readonly url: string | undefined;
}

/** The state and history of a node as plain text for a report or a chat, all times in UTC. */
export function nodeText({ node, nowMs, url, ...history }: NodeTextInput): string {
  const remarks = [`Now: ${nowText(node, nowMs)}`, ...(url === undefined ? [] : [`Page: ${url}`])];
  const text = historyText({ ...history, name: node.name, remarks });
  return `${text}${stateLines(history).join('\n')}\n`;
}

/** Availability and incidents of a node as plain text, all times in UTC. */
export function historyText({ name, remarks, window, subjects, incidents }: HistoryTextInput): string {
  const lines = [
    `${oneLine(name)}, ${utcText(window.fromMs)} to ${utcText(window.toMs)} (${lengthText(window.toMs - window.fromMs)})`,
    ...remarks,
    '',
    'Available',
    ...subjects.map((subject) => availabilityLine(subject, window)),
    '',
    `Incidents: ${incidents.length === 0 ? 'none' : incidents.length}`,
    ...incidents.slice(0, MAX_INCIDENTS).map(incidentLine),
    ...(incidents.length > MAX_INCIDENTS ? [`  and ${incidents.length - MAX_INCIDENTS} earlier ones`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function stateLines({ subjects, window }: Pick<HistoryTextInput, 'subjects' | 'window'>): readonly string[] {
  const lines: string[] = [];
  for (const { process, spans } of subjects) {
    const within = spansWithin(spans, window);
    const shown = within.slice(-MAX_SPANS);
    lines.push('', `States of ${oneLine(process ?? 'the node')}`);
    if (shown.length < within.length) lines.push(`  ${within.length - shown.length} earlier ones are in the JSON`);
    for (const { fromMs, toMs, state } of shown) {
      lines.push(`  ${utcText(fromMs)} to ${utcText(toMs)}  ${stateWords(state)} for ${lengthText(toMs - fromMs)}`);
    }
  }
  return lines;
}

function nowText({ healthy, reason, since }: NodeInfo, nowMs: number): string {
  const state = healthy ? 'healthy' : `not healthy (${reason === null ? '' : NODE_REASON_WORDS[reason]})`;
  return since === null ? state : `${state}, for ${lengthText(nowMs - Date.parse(since))}`;
}

function availabilityLine({ process, availability }: SubjectHistory, { fromMs, toMs }: StripWindow): string {
  const basis = availabilityBasis(availability, toMs - fromMs);
  return `  ${oneLine(process ?? 'the node')}: ${availabilityText(availability)} ${basis}`;
}

function incidentLine(incident: IncidentInfo): string {
  const { process, from, to, durationSeconds, state } = incident;
  const end = to === null ? 'goes on' : utcText(Date.parse(to));
  const explanation = reasonAndMessage(incident);
  return oneLine(
    `  ${utcText(Date.parse(from))} to ${end}, ${lengthText(durationSeconds * 1000)}: ${process ?? 'the node'} ${stateWords(state)}${explanation === '' ? '' : `, ${explanation}`}`,
  );
}

/** Events as lines, in the order given; each names its node. */
export function eventLines(events: readonly EventInfo[]): readonly string[] {
  return events.map((event) => {
    const { at, betweenFrom, betweenTo, node, process } = event;
    const when = at === null ? `${isoUtc(betweenFrom)} to ${isoUtc(betweenTo)}` : isoUtc(at);
    const explanation = reasonAndMessage(event);
    const what = [eventWords(event), eventDurationText(event)].filter((part) => part !== '').join(', ');
    return oneLine(
      `  ${when}  ${process === null ? node : `${process} on ${node}`}: ${what}${explanation === '' ? '' : `, ${explanation}`}`,
    );
  });
}

function isoUtc(iso: string | null): string {
  return iso === null ? 'an unknown time' : utcText(Date.parse(iso));
}

function eventWords({ kind, from, to }: EventInfo): string {
  if (kind !== 'state') return EVENT_KIND_WORDS[kind];
  return [from, to]
    .filter((state) => state !== null)
    .map(stateWords)
    .join(' → ');
}

/** Text that others wrote must not look like lines of the report. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
