import { pause } from './pause.ts';

const STORM_MS = 45_000;
const CALM_MS = 15_000;

/** Storms, in which things go wrong, and calms between them, in which everything must come right. */
export interface Weather {
  /** How long the storm still lasts; 0 in a calm. Milliseconds. */
  leftMs(): number;
  /** Resolves in a storm, or when the soak is over. */
  storm(): Promise<void>;
}

/** Weather that begins with a calm, so that the soak sees everything right once. */
export function createWeather(signal: AbortSignal): Weather {
  const startMs = performance.now();

  function phaseMs(): number {
    return (performance.now() - startMs) % (CALM_MS + STORM_MS);
  }

  return {
    leftMs: () => (phaseMs() < CALM_MS ? 0 : CALM_MS + STORM_MS - phaseMs()),
    async storm() {
      if (phaseMs() < CALM_MS) await pause(CALM_MS - phaseMs() + 1, signal);
    },
  };
}
