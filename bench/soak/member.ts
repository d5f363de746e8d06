import { readFileSync } from 'node:fs';
import { SAMPLE_PROCESSES } from '../../src/stand-in/sample-processes.ts';
import { createStandInNode, type StandInNode } from '../../src/stand-in/stand-in-node.ts';
import type { ProcessOptions } from '../../src/stand-in/stand-in-process.ts';
import { type Fault, HEALTH_FAULTS } from './faults.ts';
import { createHistory, type History } from './history.ts';
import type { Names } from './names.ts';
import { createRecollection, type Recollection } from './ruptures.ts';
import { TIMING } from './timing.ts';
import type { NodeTruth } from './truth.ts';

/** One stand-in node of the fleet and all that is known of it. */
export interface Member {
  readonly name: string;
  readonly healthUrl: string;
  /** What can go wrong with the node's answers. */
  readonly healthFaults: readonly Fault[];
  /** Whether its processes are declared in the exporter's configuration. */
  readonly isDeclared: boolean;
  readonly node: StandInNode;
  /** Ends the node, and the successor of a named one. */
  stop(): Promise<void>;
  readonly history: History<NodeTruth>;
  readonly sinceMs: number;
  readonly shownMs: ReadonlyMap<string, number>;
  readonly bornMs: number;
  readonly isProbed: boolean;
  readonly recollection: Recollection;
  /** Changes the node, one change after another, and notes what has become true. Without `answers` these stay as they are. */
  change(change: (node: StandInNode) => void | Promise<void>, answers?: NodeTruth['answers']): Promise<void>;
  /** Notes that the exporter may no longer know the node. */
  forget(): void;
  /** Notes that the exporter was killed at this moment: it may have lost what it learned last. */
  die(killedMs: number): void;
  /** Notes that no exporter runs, and that the next one begins. */
  beginLife(): void;
  /** Notes that the exporter has known the node since this moment. */
  know(sinceMs: number): void;
  /** Notes that an answer asked for at `askedMs` and had at `answeredMs` showed this process. */
  show(process: string, askedMs: number, answeredMs: number): void;
}

/** Longer than an answer may take and its evidence be old. */
const KEEP_MS = 60_000;

/** The process whose port speaks TLS. */
export const SECURE_PROCESS = 'SECURE_GATEWAY';

/** Starts the machine that a name moves to: all ports accept, and its health endpoint answers nothing that can be understood. */
async function startSuccessor(host: string, of: StandInNode, tls: ProcessOptions['tls']) {
  const processes = of.processes.map(({ name, port }) => ({
    name,
    port,
    ...(name === SECURE_PROCESS && tls !== undefined && { tls }),
  }));
  const healthPort = Number(new URL(of.healthUrl).port);
  const node = createStandInNode({ host, healthPort, ports: 'declared', processes });
  await node.start();
  await node.setHealth({ kind: 'garbage' });
  return { host, node };
}

/**
 * Starts the node number `index` of a fleet. Every second one answers 503 for a WARNING, every third one is not declared, and
 * every other one is configured by a name that moves to a successor at times while the node still runs.
 */
export async function startMember(index: number, names: Names): Promise<Member> {
  // On an address of its own nobody takes the ports of a process while it is dead; other systems than Linux have one alone.
  const host = process.platform === 'linux' ? `127.77.0.${index + 1}` : '127.0.0.1';
  const warningIs503 = index % 2 === 1;
  const acceptedWords = warningIs503 ? ['UP', 'STANDBY'] : ['UP', 'STANDBY', 'WARNING'];
  const read = (kind: string): Buffer => readFileSync(`test/fixtures/tls/server.${kind}`);
  const secure = { name: SECURE_PROCESS, port: 0, tls: { cert: read('pem'), key: read('key') } };
  const node = createStandInNode({ host, warningIs503, processes: [...SAMPLE_PROCESSES, secure] });
  await node.start();
  const hostName = `node-${index}.soak.test`;
  names.point(hostName, host);
  const isNamed = index % 2 === 0 && process.platform === 'linux';
  const successor = isNamed ? await startSuccessor(`127.78.0.${index + 1}`, node, secure.tls) : undefined;
  const moves = (address: string): Fault => ({
    begin: () => names.point(hostName, address),
    end: () => names.point(hostName, host),
    answers: 'never',
  });

  const shownMs = new Map<string, number>();
  let answers: NodeTruth['answers'] = 'at_once';
  const recollection = createRecollection();
  let carried: readonly string[] = [];
  let sinceMs = Number.POSITIVE_INFINITY;
  let bornMs = 0;
  let requestsBefore = 0;
  let lastChange: Promise<void> = Promise.resolve();

  function truth(): NodeTruth {
    const processes = node.processes.map(({ name, status, reported, listening }) => {
      return { name, status, listed: reported, listening };
    });
    return { answers, acceptedWords, processes };
  }

  const history = createHistory(truth(), KEEP_MS);

  function change(apply: (node: StandInNode) => void | Promise<void>, nextAnswers?: NodeTruth['answers']) {
    lastChange = lastChange.then(async () => {
      const startedMs = performance.now();
      await apply(node);
      answers = nextAnswers ?? answers;
      history.change(truth(), startedMs, performance.now());
    });
    return lastChange;
  }

  return {
    name: `node-${index}`,
    healthUrl: isNamed ? node.healthUrl.replace(host, hostName) : node.healthUrl,
    // The name moves as often as all other faults come together.
    healthFaults: successor ? [...HEALTH_FAULTS, ...HEALTH_FAULTS.map(() => moves(successor.host))] : HEALTH_FAULTS,
    isDeclared: index % 3 !== 0,
    node,
    stop: async () => {
      await Promise.all([node.stop(), successor?.node.stop()]);
    },
    history,
    shownMs,
    change,
    get sinceMs() {
      return sinceMs;
    },
    get bornMs() {
      return bornMs;
    },
    get isProbed() {
      return node.healthCounts.requests > requestsBefore;
    },
    recollection,
    forget() {
      sinceMs = Number.POSITIVE_INFINITY;
      carried = [];
      shownMs.clear();
      recollection.clear();
    },
    die(killedMs) {
      sinceMs = Number.POSITIVE_INFINITY;
      carried = [...shownMs].filter(([, ms]) => ms <= killedMs - TIMING.lossMs).map(([process]) => process);
      shownMs.clear();
      recollection.survive(killedMs);
    },
    beginLife() {
      bornMs = performance.now();
      requestsBefore = node.healthCounts.requests;
    },
    know(ms) {
      sinceMs = ms;
      for (const process of carried) shownMs.set(process, ms);
      carried = [];
    },
    show(name, askedMs, answeredMs) {
      if (askedMs >= sinceMs && !shownMs.has(name)) shownMs.set(name, answeredMs);
    },
  };
}
