import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';

/** One version of the metrics page: whoever asks while nothing changes gets the same bytes. */
export interface PageVersion {
  /** The page in pieces, which later versions share as far as they did not change. */
  readonly parts: readonly Buffer[];
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
export function createPageVersion(pieces: readonly Buffer[]): PageVersion {
  const byteLength = pieces.reduce((sum, { length }) => sum + length, 0);
  const parts = byteLength <= SMALL_BYTES ? [Buffer.concat(pieces)] : pieces;
  let whole: Buffer | undefined;
  let compressed: Promise<Buffer> | undefined;
  let gzippedBody: Buffer | undefined;

  function body(): Buffer {
    const [only, ...others] = parts;
    whole ??= only !== undefined && others.length === 0 ? only : Buffer.concat(parts);
    return whole;
  }

  async function compress(): Promise<Buffer> {
    gzippedBody = byteLength <= SMALL_BYTES ? gzipSync(body(), GZIP_OPTIONS) : await gzipInThread(parts);
    return gzippedBody;
  }

  function gzipped(): Promise<Buffer> {
    compressed ??= compress();
    return compressed;
  }

  return { parts, body, gzipped, gzippedBody: () => gzippedBody };
}

async function gzipInThread(parts: readonly Buffer[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(parts, createGzip({ ...GZIP_OPTIONS, chunkSize: GZIP_CHUNK_BYTES }), async (source) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}
