import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import type { Chunks } from './chunks.ts';

/** One version of the metrics page. While nothing changes, every scrape gets the same bytes. */
export interface PageVersion {
  /** The page as chunks; a small page is one chunk. Later versions share the chunks that did not change. */
  chunks(): readonly Buffer[];
  /** The page compressed, once for each version and only when a client asks for it. */
  gzipped(): Promise<Buffer>;
  /** The compressed page, if it exists already. */
  gzippedBody(): Buffer | undefined;
}

/** A page up to this size is one chunk and is compressed synchronously; a larger page is compressed off the event loop. */
const SMALL_BYTES = 64 * 1024;
const GZIP_OPTIONS = { level: 1 } as const;
const GZIP_CHUNK_BYTES = 256 * 1024;

/** A version made of the series of all nodes and of the exporter's own series. */
export function createPageVersion(fleet: Chunks, own: Buffer): PageVersion {
  const isSmall = fleet.byteLength + own.length <= SMALL_BYTES;
  const small = isSmall ? Buffer.concat([...fleet.rendered, own]) : undefined;
  let compressed: Promise<Buffer> | undefined;
  let gzippedBody: Buffer | undefined;

  function chunks(): readonly Buffer[] {
    return small === undefined ? [...fleet.toSend(), own] : [small];
  }

  async function compress(): Promise<Buffer> {
    gzippedBody = small === undefined ? await gzipInThread([...fleet.rendered, own]) : gzipSync(small, GZIP_OPTIONS);
    return gzippedBody;
  }

  function gzipped(): Promise<Buffer> {
    compressed ??= compress();
    return compressed;
  }

  return { chunks, gzipped, gzippedBody: () => gzippedBody };
}

async function gzipInThread(parts: readonly Buffer[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await pipeline(parts, createGzip({ ...GZIP_OPTIONS, chunkSize: GZIP_CHUNK_BYTES }), async (source) => {
    for await (const chunk of source) chunks.push(chunk);
  });
  return Buffer.concat(chunks);
}
