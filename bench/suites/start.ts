import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Candidate, startCandidate } from '../candidate.ts';
import { atMost, type Finding } from '../finding.ts';
import { startFleet } from '../fleet.ts';
import { freePort } from '../soak/free-port.ts';
import { inTurn, ratios } from '../stats.ts';
import type { Suite, SuiteContext } from '../suite.ts';

const STARTS_PER_ROUND = 3;
const IDLE_MS = 5000;

type Start = { readonly startMs: number; readonly rssBytes: number };

/** The body of an answer, or undefined while there is none. */
function ask(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    }).on('error', () => resolve(undefined));
  });
}

/** From the start of a program until its answer has this text, and its memory a while later. */
async function startOnce(args: readonly string[], url: string, text: string, idleMs: number): Promise<Start> {
  const startedMs = performance.now();
  const starting: Promise<Candidate> = startCandidate(process.execPath, { args, readyUrl: url });
  starting.catch(() => {});
  while ((await ask(url))?.includes(text) !== true) await pause(2);
  const startMs = performance.now() - startedMs;
  const candidate = await starting;
  await pause(idleMs);
  const rssBytes = candidate.rssBytes();
  await candidate.stop();
  return { startMs, rssBytes };
}

async function run({ rounds, keep }: SuiteContext): Promise<readonly Finding[]> {
  const { healthUrls } = await keep(startFleet({ nodes: 1 }));
  const bareFile = new URL('../candidates/bare-fastify.js', import.meta.url).pathname;
  const start = {
    exporter(port: number, idleMs: number) {
      const flags = [`--genesis.health-url=${healthUrls[0]}`, `--web.listen-address=127.0.0.1:${port}`];
      const url = `http://127.0.0.1:${port}/metrics`;
      return startOnce(['dist/main.js', ...flags], url, '\ngenesis_process_status{', idleMs);
    },
    bare: (port: number, idleMs: number) =>
      startOnce([bareFile, String(port)], `http://127.0.0.1:${port}/`, 'ok', idleMs),
  };
  const starts = { exporter: [] as number[], bare: [] as number[] };
  const memory = { exporter: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds * STARTS_PER_ROUND; round++) {
    const isIdle = round % STARTS_PER_ROUND === 0;
    for (const name of inTurn(['exporter', 'bare'] as const, round)) {
      const { startMs, rssBytes } = await start[name](await freePort(), isIdle ? IDLE_MS : 0);
      starts[name].push(startMs);
      if (isIdle) memory[name].push(rssBytes);
    }
  }
  return [
    {
      what: 'from start to the first complete page, by a bare Fastify',
      rounds: ratios(starts.exporter, starts.bare),
      unit: '',
      target: atMost(1.3),
    },
    {
      what: 'resident memory with one idle node, by a bare Fastify',
      rounds: ratios(memory.exporter, memory.bare),
      unit: '',
      target: atMost(1.3),
    },
  ];
}

/** What a start takes. */
export const START: Suite = {
  name: 'start',
  method:
    'Until a page of metrics has the states of all processes, without a configuration file; for the bare Fastify until its first answer. Three starts a round; memory after 5 s.',
  run,
};
