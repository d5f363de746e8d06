import type { Hint } from './hint.ts';
import type { DeclaredProcess } from './node.ts';

/** What Genesis' own configuration files say about a node. */
export interface HomeReading {
  /** False when a file cannot be read or parsed. The other values are then those of the last good reading, if any. */
  readonly isSuccessful: boolean;
  /** One line each, `file:line:column: message` where the place is known. A successful reading has skipped what they describe. */
  readonly problems: readonly string[];
  /** Hints for the recognised problems. */
  readonly hints?: readonly Hint[];
  /** One declaration per name. */
  readonly processes: readonly DeclaredProcess[];
  /** Port of the health endpoint; undefined when the files do not say. */
  readonly healthPort: number | undefined;
}
