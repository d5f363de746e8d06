import { createBreather } from './breather.ts';

/** Bytes in pieces. */
export interface Pieces {
  readonly byteLength: number;
  /** As they were made, which others may share. */
  readonly made: readonly Buffer[];
  /** The same, or soon after the second call one of all of them, which is sent faster. */
  toSend(): readonly Buffer[];
}

/** Pieces that nobody has sent yet. */
export function createPieces(made: readonly Buffer[]): Pieces {
  const byteLength = made.reduce((sum, { length }) => sum + length, 0);
  let timesSent = 0;
  let pieces = made;

  function toSend(): readonly Buffer[] {
    timesSent += 1;
    if (timesSent === 2) void join();
    return pieces;
  }

  /** In turns, since it may be much. */
  async function join(): Promise<void> {
    const breathe = createBreather();
    const joined = Buffer.allocUnsafe(byteLength);
    let at = 0;
    for (const piece of made) {
      at += piece.copy(joined, at);
      await breathe();
    }
    pieces = [joined];
  }

  return { byteLength, made, toSend };
}
