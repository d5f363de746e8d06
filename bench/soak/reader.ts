import { type Answer, type HealthQuery, readHealthAnswer, readMetricsAnswer, readSamples } from './answer.ts';
import type { Driver } from './driver.ts';
import type { Member } from './member.ts';
import { contradictions, describeHistory } from './oracle.ts';
import { pause } from './pause.ts';
import type { Random } from './random.ts';
import type { Stalls } from './stalls.ts';

/** What a reader works with. */
export interface ReaderDeps {
  readonly driver: Driver;
  readonly members: readonly Member[];
  readonly random: Random;
  readonly stalls: Stalls;
  readonly signal: AbortSignal;
  /** Told of every answer that was judged and found right. */
  readonly onRight: () => void;
}

interface Reply {
  readonly code: number;
  readonly body: string;
  readonly askedMs: number;
  readonly answeredMs: number;
  /** Whether neither the exporter nor its configuration changed meanwhile. */
  readonly isSteady: boolean;
}

/** Even a machine without a processor to spare has answered by then; what hangs has not. */
const PATIENCE_MS = 30_000;
const MOST_REPORTED = 10;

/** Asks for one thing after another and judges the answers until the soak is over; throws at the first that is wrong. */
export async function read({ driver, members, random, stalls, signal, onRight }: ReaderDeps): Promise<void> {
  const witnesses = new Map(members.map((member) => [member.name, member]));

  /** Undefined when the exporter was not there to answer. */
  async function ask(path: string, coding: 'gzip' | 'identity'): Promise<Reply | undefined> {
    const [changesBefore, askedMs] = [driver.changes, performance.now()];
    const isSteady = (): boolean => changesBefore === driver.changes && changesBefore % 2 === 0;
    try {
      const timeout = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(driver.url + path, { headers: { 'accept-encoding': coding }, signal: timeout });
      if (path === '/metrics' && (response.headers.get('content-encoding') ?? 'identity') !== coding)
        throw new Error(`not answered in ${coding}`);
      const body = await response.text();
      return { code: response.status, body, askedMs, answeredMs: performance.now(), isSteady: isSteady() };
    } catch (error) {
      if (!isSteady()) return undefined;
      throw new Error(`${path} in ${coding}: no answer, though the exporter runs`, { cause: error });
    }
  }

  function judge(path: string, { askedMs, answeredMs, body }: Reply, said: Pick<Answer, 'rows' | 'verdicts'>): void {
    const answer = { askedMs, answeredMs, ...said };
    const wrong = contradictions(answer, witnesses, stalls.during);
    if (wrong.length > 0) throw new Error(report(path, answer, body, wrong));
    for (const { node, process } of answer.rows) witnesses.get(node)?.show(process, askedMs, answeredMs);
    onRight();
  }

  function report(path: string, answer: Answer, body: string, wrong: readonly string[]): string {
    const named = members.filter(({ name }) => wrong.some((line) => new RegExp(`\\b${name}\\b`).test(line)));
    const histories = named.flatMap((member) => [`${member.name}:`, ...describeHistory(answer, member)]);
    const shown = path === '/metrics' ? JSON.stringify(answer.verdicts) : body;
    const took = `had after ${Math.round(answer.answeredMs - answer.askedMs)} ms`;
    return [`${path} contradicts the truth:`, ...wrong.slice(0, MOST_REPORTED), ...histories, took, shown].join('\n');
  }

  async function readHealth(query: HealthQuery): Promise<void> {
    const { node, process, nodes } = query;
    const parameters = new URLSearchParams({ ...(node && { node }), ...(process && { process }) });
    const path = `/health/status?${parameters}`;
    const reply = await ask(path, 'identity');
    if (reply === undefined || (reply.code === 404 && !reply.isSteady)) return;
    if (reply.code !== 200 && reply.code !== 503 && !(reply.code === 404 && process !== undefined))
      throw new Error(`${path}: ${reply.code} ${reply.body}`);
    // Over which nodes a verdict on all of them is cannot be said while they change.
    const isClear = reply.isSteady || node !== undefined;
    judge(path, reply, readHealthAnswer(reply.code, reply.body, { ...query, nodes: isClear ? nodes : [] }));
  }

  async function readMetrics(coding: 'gzip' | 'identity'): Promise<void> {
    const expected = names();
    const reply = await ask('/metrics', coding);
    if (reply === undefined) return;
    if (reply.code !== 200) throw new Error(`/metrics: ${reply.code} ${reply.body}`);
    const said = readMetricsAnswer(readSamples(reply.body));
    const shown = said.verdicts.flatMap(({ nodes }) => nodes);
    if (reply.isSteady && shown.toSorted().join() !== expected.toSorted().join())
      throw new Error(`/metrics: nodes ${shown} instead of ${expected}`);
    judge('/metrics', reply, said);
  }

  /** Goes away in the middle of an answer. */
  async function leaveEarly(): Promise<void> {
    const leaving = new AbortController();
    const response = await fetch(`${driver.url}/metrics`, { signal: leaving.signal }).catch(() => undefined);
    leaving.abort();
    await response?.body?.cancel().catch(() => undefined);
  }

  function names(): readonly string[] {
    return driver.configured().map(({ name }) => name);
  }

  while (!signal.aborted) {
    const member = random.pick(driver.configured());
    const process = random.pick(member.node.processes).name;
    const one = { nodes: [member.name], node: member.name };
    await random.pick([
      () => readHealth({ ...one, process: undefined }),
      () => readHealth({ ...one, process }),
      () => readHealth({ nodes: names(), node: undefined, process: undefined }),
      () => readMetrics('identity'),
      () => readMetrics('gzip'),
      leaveEarly,
    ])();
    await pause(random.between(20, 300), signal);
  }
}
