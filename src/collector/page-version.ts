import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';

/** One version of the metrics page: whoever asks while nothing changes gets the same bytes. */
export interface PageVersion {
  readonly body: Buffer;
  /** The body compressed; made once for each version, when first asked for. */
  gzipped(): Promise<Buffer>;
  /** The same, once it has been made. */
  gzippedBody(): Buffer | undefined;
}

/** Above this a compression goes off the event loop. */
const SMALL_BYTES = 64 * 1024;
const GZIP_OPTIONS = { level: 1 } as const;
const gzipInThread = promisify(gzip);

/** A version that nobody has asked to be compressed yet. */
export function createPageVersion(body: Buffer): PageVersion {
  let compressed: Promise<Buffer> | undefined;
  let gzippedBody: Buffer | undefined;

  async function compress(): Promise<Buffer> {
    gzippedBody = body.length <= SMALL_BYTES ? gzipSync(body, GZIP_OPTIONS) : await gzipInThread(body, GZIP_OPTIONS);
    return gzippedBody;
  }

  function gzipped(): Promise<Buffer> {
    compressed ??= compress();
    return compressed;
  }

  return { body, gzipped, gzippedBody: () => gzippedBody };
}
