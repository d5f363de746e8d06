import type { Hint } from './hint.ts';
import type { DeclaredProcess } from './node.ts';

/** What Genesis' own configuration files say of a node. */
export interface HomeReading {
  /** False when a file could not be read or understood: what else is here is then that of the last good reading, if any. */
  readonly isSuccessful: boolean;
  /** A line each, `file:line:column: message` where there is a place; those of a successful reading were passed over. */
  readonly problems: readonly string[];
  /** What the problems look like, where that is known. */
  readonly hints?: readonly Hint[];
  /** One for each name. */
  readonly processes: readonly DeclaredProcess[];
  /** Port of the health endpoint; undefined when the files do not say. */
  readonly healthPort: number | undefined;
}
