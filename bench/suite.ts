import type { Finding } from './finding.ts';

/** Something that runs until it is stopped; to stop it twice does nothing. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** What a suite works with. */
export interface SuiteContext {
  /** For what it writes; removed afterwards. */
  readonly folder: string;
  readonly rounds: number;
  /** A folder with `dist/main.js` of an older commit; undefined when none was given. */
  readonly baseline: string | undefined;
  /** Tells a person what is going on. */
  readonly tell: (line: string) => void;
  /** Waits for a program to start, which ends with the suite unless it is stopped before. */
  readonly keep: <T extends Stoppable>(starting: Promise<T>) => Promise<T>;
}

/** One question of the bench. */
export interface Suite {
  readonly name: string;
  /** How it is measured, for the reader of the results. */
  readonly method: string;
  readonly run: (context: SuiteContext) => Promise<readonly Finding[]>;
}

/** Runs a suite and ends every program that it has kept. */
export async function runSuite({ run }: Suite, context: Omit<SuiteContext, 'keep'>): Promise<readonly Finding[]> {
  const kept: Stoppable[] = [];
  try {
    return await run({
      ...context,
      async keep(starting) {
        const started = await starting;
        kept.push(started);
        return started;
      },
    });
  } finally {
    await Promise.all(kept.map((each) => each.stop()));
  }
}
