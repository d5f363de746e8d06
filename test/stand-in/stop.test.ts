import { expect, it, onTestFinished, vi } from 'vitest';
import { ask, openConnection, startNode } from './sockets.ts';
import { TEST_TLS } from './test-tls.ts';

it('leaves nothing behind when it stops, whatever hangs', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const node = await startNode({
    processes: [
      { name: 'A', port: 0 },
      { name: 'B', port: 0 },
      { name: 'C', port: 0, tls: TEST_TLS },
    ],
  });
  const asked = [];
  for (const mode of [
    { kind: 'hang' },
    { kind: 'hang-mid-body' },
    { kind: 'slow', delayMs: 60_000 },
    { kind: 'trickle', chunkBytes: 1, delayMs: 60_000 },
  ] as const) {
    await node.setHealth(mode);
    asked.push(ask(node.healthUrl));
    await vi.waitFor(() => expect(node.healthCounts.requests).toBe(asked.length), { interval: 5 });
  }
  for (const { port, name } of node.processes) {
    (await openConnection(port)).resume();
    await vi.waitFor(() => expect(node.truthOf(name).connections.open).toBe(1), { interval: 5 });
  }
  expect(openSockets()).not.toEqual([]);
  expect(vi.getTimerCount()).toBe(2);
  await Promise.all([node.stop(), node.stop()]);
  expect((await Promise.all(asked)).map(({ ending }) => ending)).toEqual(['fin', 'fin', 'fin', 'fin']);
  expect(await settledSockets()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  await node.stop();
});

/** The servers and connections of this whole process. */
function openSockets(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS)/.test(name));
}

/** The same, once none is left or a hundred turns of the event loop did not help. */
async function settledSockets(): Promise<string[]> {
  for (let turn = 0; turn < 100 && openSockets().length > 0; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  return openSockets();
}
