import { describe, expect, it } from 'vitest';
import { DEMO_STORY, playStory, type Story } from '../../src/stand-in/story.ts';
import { ask, startNode } from './sockets.ts';

/** The same story, so many times faster. */
function hurry({ steps, roundMs }: Story, factor: number): Story {
  return { roundMs: roundMs / factor, steps: steps.map((step) => ({ ...step, atMs: step.atMs / factor })) };
}

describe('the story of the demo', () => {
  it('takes about a minute, its steps in order and far enough apart to be followed', () => {
    const times = [...DEMO_STORY.steps.map(({ atMs }) => atMs), DEMO_STORY.roundMs];
    expect(times[0]).toBe(0);
    expect(DEMO_STORY.roundMs).toBeLessThanOrEqual(70_000);
    for (const [index, atMs] of times.entries()) {
      if (index > 0) expect(atMs - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(2_000);
    }
  });

  it('is told in single lines that differ', () => {
    const texts = DEMO_STORY.steps.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/^[^\n]{10,90}$/);
  });

  it('shows each thing as it says it does, and ends well', async () => {
    const node = await startNode();
    const seen: string[] = [];
    for (const step of DEMO_STORY.steps) {
      await step.apply(node);
      const { ending, head } = await ask(node.healthUrl);
      const code = ending === 'refused' ? ending : head.slice(9, 12);
      const odd = node.processes.filter(
        (process) => !process.listening || process.status !== 'UP' || !process.reported,
      );
      const words = odd.map(({ name, status, listening, reported }) =>
        [name, status, listening ? 'listens' : 'refuses', ...(reported ? [] : ['unlisted'])].join(' '),
      );
      seen.push([code, ...words].join(', '));
    }
    expect(seen).toEqual([
      ...Array<string>(6).fill('200'),
      '200, GENESIS_AUTH_DATASERVER WARNING listens',
      '200',
      '200, GENESIS_NOTIFY WARNING listens',
      '200',
      '200, GENESIS_ROUTER UP refuses',
      '503, GENESIS_ROUTER DOWN refuses',
      '200',
      '200, GENESIS_AUTH_PERMS UP listens unlisted',
      '200',
      'refused',
      '200',
    ]);
  });
});

describe('playStory', () => {
  it('plays round after round until the signal aborts, and then resolves', async () => {
    const node = await startNode();
    const stop = new AbortController();
    const told: string[] = [];
    await playStory(
      node,
      ({ text }) => {
        told.push(text);
        if (told.length === DEMO_STORY.steps.length * 2 + 3) stop.abort();
      },
      stop.signal,
      hurry(DEMO_STORY, 1_000),
    );
    const texts = DEMO_STORY.steps.map(({ text }) => text);
    expect(told).toEqual([...texts, ...texts, ...texts.slice(0, 3)]);
  });

  it('makes all well at the start of each round', async () => {
    const node = await startNode();
    await node.die('GENESIS_CLUSTER');
    await node.setHealth({ kind: 'gone' });
    const stop = new AbortController();
    await playStory(node, () => stop.abort(), stop.signal);
    expect((await ask(node.healthUrl)).head).toMatch(/^HTTP\/1.1 200 /);
  });

  it('keeps to its times, and tells of a step once it is applied', async () => {
    const node = await startNode();
    const stop = new AbortController();
    const startedMs = performance.now();
    const events: string[] = [];
    const story = {
      roundMs: 1_000,
      steps: [
        { atMs: 0, text: 'one', apply: () => void events.push('applied one') },
        { atMs: 60, text: 'two', apply: async () => void events.push('applied two') },
      ],
    };
    await playStory(
      node,
      ({ text }) => {
        events.push(text);
        if (text === 'two') stop.abort();
      },
      stop.signal,
      story,
    );
    expect(events).toEqual(['applied one', 'one', 'applied two', 'two']);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(59);
  });

  it('stops at once in the middle of a pause', async () => {
    const node = await startNode();
    const stop = new AbortController();
    const startedMs = performance.now();
    await playStory(node, () => setImmediate(() => stop.abort()), stop.signal);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it('plays nothing when the signal has aborted already', async () => {
    const node = await startNode();
    const told: string[] = [];
    await playStory(node, ({ text }) => told.push(text), AbortSignal.abort());
    expect(told).toEqual([]);
  });

  it('rejects when a step fails', async () => {
    const node = await startNode({ processes: [] });
    const { signal } = new AbortController();
    const played = playStory(node, () => undefined, signal, hurry(DEMO_STORY, 1_000));
    await expect(played).rejects.toThrow('no process GENESIS_AUTH_DATASERVER');
  });
});
