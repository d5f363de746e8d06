import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../domain/clock.ts';
import type { EventsPage, EventsQuery, NodeHistory } from '../domain/history.ts';
import type { Log } from '../domain/log.ts';
import type { StorageAnswer, StorageProcessOptions, StorageRequest } from './messages.ts';
import { createRecordQueue } from './record-queue.ts';
import type { HistoryRecord, KeptNode } from './records.ts';

/** How the store does, for the exporter's own metrics. Times are wall-clock milliseconds. */
export interface StoreHealth {
  /** Undefined before the first write. */
  readonly lastWriteSuccessful: boolean | undefined;
  readonly lastWriteAtMs: number | undefined;
  readonly sizeBytes: number | undefined;
  readonly droppedRecords: number;
}

/**
 * The database of an exporter, in a process of its own: nothing here waits for the disk. A thread would not do, since Node.js
 * cannot exit while one of its threads hangs in a system call.
 */
export interface Store {
  /** What earlier runs kept, by node. Empty when the database did not open in time. */
  readonly kept: ReadonlyMap<string, KeptNode>;
  add(record: HistoryRecord): void;
  /** Rejects when the database does not answer in time. */
  events(query: EventsQuery): Promise<EventsPage>;
  history(node: string, fromMs: number, toMs: number): Promise<NodeHistory | undefined>;
  health(): StoreHealth;
  /** Writes what is left; gives up on a disk that hangs. */
  close(): Promise<void>;
}

/** What a store is made with. */
export interface StoreDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** File of the storage process. */
  readonly processUrl: URL;
}

const OPEN_MS = 2000;
const WRITE_EVERY_MS = 1000;
const ANSWER_MS = 5000;
const CLOSE_MS = 2000;
/** A write that takes longer counts as failed; it may still succeed. */
const SLOW_WRITE_MS = 10_000;
/** After a failure the next write comes no sooner. */
const RETRY_MS = 30_000;

type Pending = { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };

/** Opens the database in a folder; resolves at once when it is open, and after 2 s without it. */
export async function openStore(options: StorageProcessOptions, { clock, log, processUrl }: StoreDeps): Promise<Store> {
  const { folder } = options;
  const queue = createRecordQueue();
  const pending = new Map<number, Pending>();
  const state = { isOpen: false, isFinal: false, isLate: false, kept: new Map<string, KeptNode>(), failure: '' };
  const health = { lastWriteSuccessful: undefined, lastWriteAtMs: undefined, sizeBytes: undefined } as {
    lastWriteSuccessful: boolean | undefined;
    lastWriteAtMs: number | undefined;
    sizeBytes: number | undefined;
  };
  let isClosing = false;
  let lastId = 0;
  let writing: { readonly batch: number; readonly sentMs: number } | undefined;
  let retryMs = 0;
  let onOpened = (): void => {};
  let onClosed = (): void => {};

  const child = fork(fileURLToPath(processUrl), [JSON.stringify(options)], {
    serialization: 'advanced',
    // A process that hangs must not keep the exporter's own output open.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--max-old-space-size=128'],
  });
  child.unref();
  child.channel?.unref();
  child.on('message', receive);
  child.on('error', (error) => fail(`the storage process failed: ${error.message}`, true));
  child.on('exit', (code, signal) => {
    if (!isClosing)
      fail(`the storage process ended by ${signal ?? `code ${code}`}; start the exporter anew to store again`, true);
    onClosed();
  });

  function ask(request: StorageRequest): void {
    if (child.connected) child.send(request);
  }

  function receive(message: unknown): void {
    // The other side is this program too.
    const answer = message as StorageAnswer;
    switch (answer.kind) {
      case 'opened':
        state.isOpen = true;
        // What an exporter that runs already does not know, it must not take for known.
        if (!state.isLate) state.kept = new Map(answer.kept);
        if (answer.movedTo !== undefined)
          log.warn(
            { movedTo: answer.movedTo },
            'the database was corrupt: it was moved aside, and history begins anew',
          );
        onOpened();
        return;
      case 'written':
        succeed(answer.bytes);
        return;
      case 'answer':
        settle(answer.id, (one) => one.resolve(answer.value as never));
        return;
      case 'closed':
        onClosed();
        return;
      case 'failed':
        if (answer.id !== undefined) settle(answer.id, (one) => one.reject(new Error(answer.message)));
        else fail(describe(answer.message, folder), answer.isFinal);
        return;
      default:
        answer satisfies never;
    }
  }

  function settle(id: number, conclude: (one: Pending) => void): void {
    const one = pending.get(id);
    pending.delete(id);
    if (one !== undefined) conclude(one);
  }

  function succeed(bytes: number): void {
    writing = undefined;
    queue.confirm();
    if (state.failure !== '') log.info({ path: folder }, 'the database is written again');
    state.failure = '';
    Object.assign(health, { lastWriteSuccessful: true, lastWriteAtMs: clock.wallMs(), sizeBytes: bytes });
  }

  /** One warning for each kind of failure, not one for each second. */
  function fail(problem: string, isFinal: boolean): void {
    writing = undefined;
    retryMs = clock.monotonicMs() + RETRY_MS;
    state.isFinal ||= isFinal;
    health.lastWriteSuccessful = false;
    if (state.failure !== problem)
      log.warn({ path: folder, problem }, 'history is not stored; monitoring goes on in memory');
    state.failure = problem;
    onOpened();
  }

  function write(): void {
    const nowMs = clock.monotonicMs();
    if (state.isFinal) return;
    if (writing !== undefined) {
      if (nowMs - writing.sentMs > SLOW_WRITE_MS && health.lastWriteSuccessful !== false) {
        health.lastWriteSuccessful = false;
        state.failure = 'the disk does not answer';
        log.warn({ path: folder, problem: state.failure }, 'history is not stored; monitoring goes on in memory');
      }
      return;
    }
    if (nowMs < retryMs) return;
    const records = queue.take();
    lastId += 1;
    writing = { batch: lastId, sentMs: nowMs };
    ask({ kind: 'write', batch: lastId, records, aliveMs: clock.wallMs() });
  }

  function query<T>(request: (id: number) => StorageRequest): Promise<T> {
    lastId += 1;
    const id = lastId;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(
        () => settle(id, (one) => one.reject(new Error('the database does not answer'))),
        ANSWER_MS,
      );
      const done =
        <V>(conclude: (value: V) => void) =>
        (value: V) => {
          clearTimeout(timer);
          conclude(value);
        };
      pending.set(id, { resolve: done(resolve as (value: never) => void), reject: done(reject) });
      if (state.isFinal) settle(id, (one) => one.reject(new Error(state.failure)));
      else ask(request(id));
    });
  }

  async function close(): Promise<void> {
    isClosing = true;
    clearInterval(timer);
    if (!state.isFinal) {
      const closed = new Promise<void>((resolve) => {
        onClosed = resolve;
      });
      if (writing === undefined) write();
      ask({ kind: 'close' });
      await Promise.race([closed, pause(CLOSE_MS)]);
    }
    // One that hangs in a system call dies when that returns; nobody waits for it.
    child.kill('SIGKILL');
  }

  ask({ kind: 'open' });
  await Promise.race([
    new Promise<void>((resolve) => {
      onOpened = resolve;
    }),
    pause(OPEN_MS),
  ]);
  onOpened = () => {};
  state.isLate = !state.isOpen;
  if (!state.isOpen && state.failure === '') fail('the database did not open within 2 s: is the disk well?', false);
  const timer = setInterval(write, WRITE_EVERY_MS);
  return {
    get kept() {
      return state.kept;
    },
    add: queue.add,
    events: (wanted) => query<EventsPage>((id) => ({ kind: 'events', id, query: wanted })),
    history: (node, fromMs, toMs) =>
      query<NodeHistory | undefined>((id) => ({ kind: 'history', id, node, fromMs, toMs })),
    health: () => ({ ...health, droppedRecords: queue.dropped() }),
    close,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What to do about a failure of SQLite, in the words of an operator. */
function describe(message: string, folder: string): string {
  if (/SQLITE_FULL|disk is full|ENOSPC/i.test(message))
    return `the disk of ${folder} is full: make room, or lower --storage.max-bytes`;
  if (/readonly|read-only|EROFS|EACCES|EPERM/i.test(message))
    return `${folder} cannot be written: check its owner, its mode and whether the mount is read-only`;
  if (/ENOTDIR|EEXIST|ENOENT|: 14/.test(message))
    return `${folder} cannot be opened as a folder: give --storage.path a folder that can be written (${message})`;
  return message;
}
