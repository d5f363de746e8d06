import { performance } from 'node:perf_hooks';
import type { Clock } from '../domain/clock.ts';

/** The clocks of this machine. */
export const SYSTEM_CLOCK: Clock = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };
