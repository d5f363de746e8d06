/** Chance that can be repeated. */
export interface Random {
  /** A number from `min` up to, but not including, `max`. */
  between(min: number, max: number): number;
  /** One of the items; throws when there is none. */
  pick<T>(items: readonly T[]): T;
}

/** Chance of its own for whoever has this name: what others draw does not change what it draws. */
export function createRandom(seed: number, name: string): Random {
  let state = hash(`${seed}/${name}`);

  /** The generator called mulberry32: 0 to below 1. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    between: (min, max) => min + next() * (max - min),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
