import { expect, it, vi } from 'vitest';
import { createStopper } from '../../src/domain/stop-signal.ts';

it('tells each listener once, in order, and is aborted by then', () => {
  const { signal, stop } = createStopper();
  const told: [string, boolean][] = [];
  signal.addEventListener('abort', () => told.push(['first', signal.aborted]));
  signal.addEventListener('abort', () => told.push(['second', signal.aborted]));
  expect(signal.aborted).toBe(false);
  stop();
  stop();
  expect(told).toEqual([
    ['first', true],
    ['second', true],
  ]);
});

it('tells nobody who was removed, or came too late', () => {
  const { signal, stop } = createStopper();
  const [removed, late] = [vi.fn(), vi.fn()];
  signal.addEventListener('abort', removed);
  signal.removeEventListener('abort', removed);
  stop();
  signal.addEventListener('abort', late);
  stop();
  expect(removed).not.toHaveBeenCalled();
  expect(late).not.toHaveBeenCalled();
});

it('tells no listener that was removed by one before it', () => {
  const { signal, stop } = createStopper();
  const second = vi.fn();
  const first = vi.fn(() => {
    signal.removeEventListener('abort', first);
    signal.removeEventListener('abort', second);
  });
  signal.addEventListener('abort', first);
  signal.addEventListener('abort', second);
  stop();
  expect(first).toHaveBeenCalledOnce();
  expect(second).not.toHaveBeenCalled();
});
