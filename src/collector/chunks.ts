import { createYielder } from './yielder.ts';

/** A body as a list of chunks. */
export interface Chunks {
  readonly byteLength: number;
  /** The chunks as they were rendered; other bodies may share them. */
  readonly rendered: readonly Buffer[];
  /** The same bytes. From about the second call on it is one chunk, which is sent faster. */
  toSend(): readonly Buffer[];
}

/** A body that was not sent yet. */
export function createChunks(rendered: readonly Buffer[]): Chunks {
  const byteLength = rendered.reduce((sum, { length }) => sum + length, 0);
  let timesSent = 0;
  let chunks = rendered;

  function toSend(): readonly Buffer[] {
    timesSent += 1;
    if (timesSent === 2) void join();
    return chunks;
  }

  /** Copies all chunks into one, and yields to the event loop in between. */
  async function join(): Promise<void> {
    const yieldIfDue = createYielder();
    const joined = Buffer.allocUnsafe(byteLength);
    let offset = 0;
    for (const chunk of rendered) {
      offset += chunk.copy(joined, offset);
      await yieldIfDue();
    }
    chunks = [joined];
  }

  return { byteLength, rendered, toSend };
}
