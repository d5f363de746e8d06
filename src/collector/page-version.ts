import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { createBreather } from './breather.ts';

/** One version of the metrics page: whoever asks while nothing changes gets the same bytes. */
export interface PageVersion {
  /** The page in pieces, which later versions share as far as they did not change; in one, soon after it was asked for again. */
  pieces(): readonly Buffer[];
  /** The page in one piece; made once for each version, when first asked for. */
  body(): Buffer;
  /** The page compressed; made once for each version, when first asked for. */
  gzipped(): Promise<Buffer>;
  /** The same, once it has been made. */
  gzippedBody(): Buffer | undefined;
}

/** Up to this a page is one piece, and is compressed at once; above it a compression goes off the event loop. */
const SMALL_BYTES = 64 * 1024;
const GZIP_OPTIONS = { level: 1 } as const;
const GZIP_CHUNK_BYTES = 256 * 1024;

/** A version that nobody has asked to be compressed yet. */
export function createPageVersion(made: readonly Buffer[]): PageVersion {
  const byteLength = made.reduce((sum, { length }) => sum + length, 0);
  const parts = byteLength <= SMALL_BYTES ? [Buffer.concat(made)] : made;
  let timesAsked = 0;
  let whole = parts.length === 1 ? parts[0] : undefined;
  let compressed: Promise<Buffer> | undefined;
  let gzippedBody: Buffer | undefined;

  function body(): Buffer {
    whole ??= Buffer.concat(parts);
    return whole;
  }

  function pieces(): readonly Buffer[] {
    if (whole !== undefined) return [whole];
    timesAsked += 1;
    if (timesAsked === 2) void join();
    return parts;
  }

  /** What body() does in one go, in turns. */
  async function join(): Promise<void> {
    const breathe = createBreather();
    const joined = Buffer.allocUnsafe(byteLength);
    let at = 0;
    for (const part of parts) {
      at += part.copy(joined, at);
      await breathe();
    }
    whole ??= joined;
  }

  async function compress(): Promise<Buffer> {
    gzippedBody = byteLength <= SMALL_BYTES ? gzipSync(body(), GZIP_OPTIONS) : await gzipInThread(parts);
    return gzippedBody;
  }

  function gzipped(): Promise<Buffer> {
    compressed ??= compress();
    return compressed;
  }

  return { pieces, body, gzipped, gzippedBody: () => gzippedBody };
}

async function gzipInThread(parts: readonly Buffer[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(parts, createGzip({ ...GZIP_OPTIONS, chunkSize: GZIP_CHUNK_BYTES }), async (source) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}
