import { fork } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { EventsPage, NodeHistory } from '../domain/history.ts';
import { describeFailure } from './failure-text.ts';
import type { StorageAnswer, StorageProcessOptions, StorageRequest } from './messages.ts';
import { createQuestions } from './questions.ts';
import { createRecordQueue } from './record-queue.ts';
import type { Store, StoreDeps, StoreHealth } from './store-interface.ts';

/** How long a start waits for the database. Without its memory an exporter would forget which processes are missing. */
const OPEN_MS = 10_000;
const WRITE_EVERY_MS = 1000;
const ANSWER_MS = 1000;
/** While a write takes longer than this, nobody asks the database: memory answers. */
const BUSY_WRITE_MS = 500;
const CLOSE_MS = 2000;
/** A write that takes longer counts as failed; it may still succeed. */
const SLOW_WRITE_MS = 10_000;
/** After a failure the next write comes no sooner. */
const RETRY_MS = 30_000;

/** Opens the database in a folder; resolves as soon as it is open, and after 10 s without it. */
export async function openStore(
  options: StorageProcessOptions,
  { clock, log, processUrl, onLateMemory }: StoreDeps,
): Promise<Store> {
  const { folder } = options;
  const queue = createRecordQueue();
  const questions = createQuestions(ANSWER_MS);
  const state = { isOpen: false, isFinal: false, hasStarted: false, failure: '' };
  let past: Pick<Store, 'kept' | 'lastEventId'> = { kept: new Map(), lastEventId: 0 };
  let health: Omit<StoreHealth, 'droppedRecords'> = {
    lastWriteSuccessful: undefined,
    lastWriteAtMs: undefined,
    sizeBytes: undefined,
  };
  let isClosing = false;
  let batches = 0;
  let writing: { readonly isOpening: boolean; readonly sentMs: number } | undefined;
  let retryMs = 0;
  let onOpened = (): void => {};
  let onClosed = (): void => {};
  let onDrained = (): void => {};

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
        if (state.hasStarted) onLateMemory(new Map(answer.kept));
        else past = { kept: new Map(answer.kept), lastEventId: answer.lastEventId };
        if (answer.movedTo !== undefined)
          log.warn(
            { movedTo: answer.movedTo },
            'the database was corrupt: it was moved aside, and history begins anew',
          );
        onOpened();
        if (writing?.isOpening === true) {
          writing = undefined;
          write();
        }
        return;
      case 'written':
        succeed(answer.bytes);
        return;
      case 'answer':
        questions.answer(answer.id, answer.value);
        return;
      case 'closed':
        onClosed();
        return;
      case 'failed':
        if (answer.isClosed) state.isOpen = false;
        if (answer.id !== undefined) questions.fail(answer.id, new Error(answer.message));
        if (answer.id === undefined || answer.isClosed) fail(describeFailure(answer.message, folder), answer.isFinal);
        return;
      default:
        answer satisfies never;
    }
  }

  function succeed(bytes: number): void {
    writing = undefined;
    queue.confirm();
    if (state.failure !== '') log.info({ path: folder }, 'the database is written again');
    state.failure = '';
    health = { lastWriteSuccessful: true, lastWriteAtMs: clock.wallMs(), sizeBytes: bytes };
    if (queue.isEmpty()) onDrained();
    else setImmediate(write);
  }

  function fail(problem: string, isFinal: boolean): void {
    writing = undefined;
    retryMs = clock.monotonicMs() + RETRY_MS;
    state.isFinal ||= isFinal;
    note(problem);
    onOpened();
    if (isClosing) onClosed();
  }

  /** One warning for each kind of failure, not one for each second. */
  function note(problem: string): void {
    health = { ...health, lastWriteSuccessful: false };
    const isNews = state.failure !== problem;
    state.failure = problem;
    if (isNews) log.warn({ path: folder, problem }, 'history is not stored; monitoring goes on in memory');
  }

  function write(): void {
    const nowMs = clock.monotonicMs();
    if (state.isFinal) return;
    if (writing !== undefined) {
      if (nowMs - writing.sentMs > SLOW_WRITE_MS) note('the disk does not answer');
      return;
    }
    if (nowMs < retryMs) return;
    writing = { isOpening: !state.isOpen, sentMs: nowMs };
    if (writing.isOpening) {
      // What the database holds must be known before this run replaces it.
      ask({ kind: 'open' });
      return;
    }
    const records = queue.take();
    batches += 1;
    ask({ kind: 'write', batch: batches, records, aliveMs: clock.wallMs() });
  }

  async function query(request: (id: number) => StorageRequest): Promise<unknown> {
    const isBusy = writing !== undefined && clock.monotonicMs() - writing.sentMs > BUSY_WRITE_MS;
    if (state.isFinal || !state.isOpen || isBusy) throw new Error('the database does not answer now');
    return questions.ask((id) => ask(request(id)));
  }

  async function close(): Promise<void> {
    isClosing = true;
    clearInterval(timer);
    if (!state.isFinal) {
      const closed = new Promise<void>((resolve) => {
        onClosed = resolve;
        onDrained = () => ask({ kind: 'close' });
      });
      retryMs = 0;
      if (writing === undefined) write();
      await Promise.race([closed, setTimeout(CLOSE_MS)]);
    }
    // One that hangs in a system call dies when that returns; nobody waits for it.
    child.kill('SIGKILL');
  }

  ask({ kind: 'open' });
  await Promise.race([
    new Promise<void>((resolve) => {
      onOpened = resolve;
    }),
    setTimeout(OPEN_MS),
  ]);
  onOpened = () => {};
  state.hasStarted = true;
  if (!state.isOpen && state.failure === '') fail('the database did not open within 10 s: is the disk well?', false);
  const timer = setInterval(write, WRITE_EVERY_MS);
  return {
    ...past,
    hasOpened: () => state.isOpen,
    add: queue.add,
    // The other side answers a question of this kind with a value of this kind.
    events: async (wanted) => (await query((id) => ({ kind: 'events', id, query: wanted }))) as EventsPage,
    async history(node, fromMs, toMs) {
      // The same here.
      return (await query((id) => ({ kind: 'history', id, node, fromMs, toMs }))) as NodeHistory | undefined;
    },
    health: () => ({ ...health, droppedRecords: queue.dropped() }),
    close,
  };
}
