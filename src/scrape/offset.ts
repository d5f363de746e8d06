/** Where in an interval a name's ticks lie: the same at every start, spread evenly over names (FNV-1a). */
export function phaseOffset(name: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return Math.floor((hash / 2 ** 32) * intervalMs);
}
