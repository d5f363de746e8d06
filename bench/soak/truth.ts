/** What is true of a process of a stand-in at one moment. */
export interface ProcessTruth {
  readonly name: string;
  /** The STATUS that its node reports. */
  readonly status: string;
  /** Whether its node's answers list it. */
  readonly listed: boolean;
  readonly listening: boolean;
}

/** What is true of a stand-in node at one moment. */
export interface NodeTruth {
  /** What comes of a probe sent now: an answer at once, one within the timeout, or none that can be understood. */
  readonly answers: 'at_once' | 'late' | 'never';
  /** The words with which the node answers 200. */
  readonly acceptedWords: readonly string[];
  readonly processes: readonly ProcessTruth[];
}

const GREENEST_FIRST = ['UP', 'STANDBY', 'STARTING', 'WARNING'];

/** How much a STATUS claims: 4 for UP down to 1 for WARNING; 0 for UNKNOWN and all that is worse, which claim nothing. */
export function greenness(status: string): number {
  const place = GREENEST_FIRST.indexOf(status);
  return place < 0 ? 0 : GREENEST_FIRST.length - place;
}

/** The most that can be claimed of a process while this is true, by who also knows `isDead`: that its port refuses. */
export function mostGreenness(truth: NodeTruth, process: string, isDead: boolean): number {
  const found = truth.processes.find(({ name }) => name === process);
  if (truth.answers === 'never' || found === undefined) return 0;
  if (!found.listed) return isDead ? 0 : greenness('WARNING');
  // A process that stands by, or is about to start, may rightly be without a port.
  const mayBeQuiet = found.status === 'STANDBY' || found.status === 'STARTING';
  return isDead && !mayBeQuiet ? 0 : greenness(found.status);
}

/** Whether the node can be healthy to one who knows of the processes that `isKnown`. */
export function mayBeHealthy(truth: NodeTruth, isKnown: (process: string) => boolean): boolean {
  const { answers, acceptedWords, processes } = truth;
  const isFine = ({ name, status, listed }: ProcessTruth): boolean =>
    listed ? acceptedWords.includes(status) : !isKnown(name);
  return answers !== 'never' && processes.every(isFine);
}

/** Whether nothing at all is wrong with the node. */
export function isWell({ answers, processes }: NodeTruth): boolean {
  return (
    answers === 'at_once' && processes.every(({ status, listed, listening }) => listed && listening && status === 'UP')
  );
}

/** The truth in a line: what is wrong, or `well`. */
export function describeTruth({ answers, processes }: NodeTruth): string {
  const wrong = processes
    .filter(({ status, listed, listening }) => status !== 'UP' || !listed || !listening)
    .map(({ name, status, listed, listening }) =>
      [name, status, ...(listed ? [] : ['not listed']), ...(listening ? [] : ['port closed'])].join(' '),
    );
  const parts = [...(answers === 'at_once' ? [] : [`answers ${answers}`]), ...wrong];
  return parts.length === 0 ? 'well' : parts.join(', ');
}
