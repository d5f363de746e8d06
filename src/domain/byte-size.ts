const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['k', 1],
  ['m', 2],
  ['g', 3],
  ['t', 4],
]);

const BYTE_SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s*(?:([kmgt])i?)?b?$/i;

/**
 * Bytes in a size such as `2GB`, `512 MB`, `8MiB` or `1024`; undefined when it is none.
 * GB and GiB are both 2^30: LMDB map sizes are multiples of the page size, and Prometheus reads MB the same way.
 */
export function parseByteSize(text: string): number | undefined {
  const match = BYTE_SIZE.exec(text.trim());
  const exponent = EXPONENTS.get(match?.[2]?.toLowerCase() ?? '');
  if (match === null || exponent === undefined) return undefined;
  return Math.round(Number(match[1]) * 1024 ** exponent);
}
