import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';

/** The text of a body, or why there is none. */
export type BodyText =
  | { readonly kind: 'text'; readonly text: string }
  /** The decompressed body exceeds the limit. */
  | { readonly kind: 'too_large' }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** The headers that say how to read a body. */
export interface BodyHeaders {
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

type Decompress = (bytes: Uint8Array, options: ZlibOptions) => Uint8Array;

const DECOMPRESS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateEither],
  ['br', brotliDecompressSync],
]);

const MAX_ENCODINGS = 3;

/** Decompresses a body, never to more than `maxBytes`, and decodes it: by its byte order mark, else its charset, else as UTF-8. */
export function bodyText(bytes: Uint8Array, { contentType, contentEncoding }: BodyHeaders, maxBytes: number): BodyText {
  const encodings = (contentEncoding ?? '')
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  if (encodings.length > MAX_ENCODINGS) return { kind: 'unreadable', problem: 'the body is compressed too many times' };
  let plain = bytes;
  for (const encoding of encodings.toReversed()) {
    const decompress = DECOMPRESS.get(encoding);
    if (decompress === undefined)
      return { kind: 'unreadable', problem: 'the exporter does not know this Content-Encoding' };
    try {
      plain = decompress(plain, { maxOutputLength: maxBytes });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        return { kind: 'too_large' };
      return { kind: 'unreadable', problem: `the ${encoding} body is damaged or cut short` };
    }
  }
  return { kind: 'text', text: new TextDecoder(charsetOf(plain, contentType)).decode(plain) };
}

/** Servers send `deflate` with and without the zlib header that RFC 9110 requires. */
function inflateEither(bytes: Uint8Array, options: ZlibOptions): Uint8Array {
  const [first = 0, second = 0] = bytes;
  const isWrapped = (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
  return isWrapped ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}

function charsetOf([first, second, third]: Uint8Array, contentType = ''): string {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const [, declared = 'utf-8'] = /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType) ?? [];
  // Without a byte order mark, `utf-16` has either byte order. JSON begins with an ASCII character, so one of its two bytes is 0.
  if (/^utf-?16$/i.test(declared)) return first === 0 ? 'utf-16be' : 'utf-16le';
  return isCharset(declared) ? declared : 'utf-8';
}

function isCharset(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
