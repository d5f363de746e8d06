import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import type { Pieces } from './pieces.ts';

/** One version of the metrics page: whoever asks while nothing changes gets the same bytes. */
export interface PageVersion {
  /** The page in pieces, which later versions share as far as they did not change; a small one in one. */
  pieces(): readonly Buffer[];
  /** The page compressed; made once for each version, when first asked for. */
  gzipped(): Promise<Buffer>;
  /** The same, once it has been made. */
  gzippedBody(): Buffer | undefined;
}

/** Up to this a page is one piece, and is compressed at once; above it a compression goes off the event loop. */
const SMALL_BYTES = 64 * 1024;
const GZIP_OPTIONS = { level: 1 } as const;
const GZIP_CHUNK_BYTES = 256 * 1024;

/** A version that nobody has asked to be compressed yet, of the series of all nodes and what else there is. */
export function createPageVersion(fleet: Pieces, others: Buffer): PageVersion {
  const isSmall = fleet.byteLength + others.length <= SMALL_BYTES;
  const small = isSmall ? Buffer.concat([...fleet.made, others]) : undefined;
  let compressed: Promise<Buffer> | undefined;
  let gzippedBody: Buffer | undefined;

  function pieces(): readonly Buffer[] {
    return small === undefined ? [...fleet.toSend(), others] : [small];
  }

  async function compress(): Promise<Buffer> {
    gzippedBody = small === undefined ? await gzipInThread([...fleet.made, others]) : gzipSync(small, GZIP_OPTIONS);
    return gzippedBody;
  }

  function gzipped(): Promise<Buffer> {
    compressed ??= compress();
    return compressed;
  }

  return { pieces, gzipped, gzippedBody: () => gzippedBody };
}

async function gzipInThread(parts: readonly Buffer[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(parts, createGzip({ ...GZIP_OPTIONS, chunkSize: GZIP_CHUNK_BYTES }), async (source) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}
