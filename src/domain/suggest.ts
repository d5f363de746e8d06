const MAX_DISTANCE = 3;

/** A shorter word says too little of the one that it is part of. */
const MIN_PART_LENGTH = 4;

/** A question that offers the word most like `word`; empty when none is like it. */
export function suggest(word: string, words: readonly string[]): string {
  const found = wordLike(word, words);
  return found === undefined ? '' : `; did you mean ${found}?`;
}

/** The word that `word` is a misspelling or a part of; undefined when there is none. */
export function wordLike(word: string, words: readonly string[]): string | undefined {
  const allowed = Math.min(MAX_DISTANCE, Math.max(2, Math.floor(word.length / 2)));
  const [nearest] = words
    .map((one) => ({ one, distance: distanceOf(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.one ?? wordWithPart(word, words);
}

/** `listen` is a part of `web.listen-address`; undefined unless one word alone has it. */
function wordWithPart(word: string, words: readonly string[]): string | undefined {
  const part = word.toLowerCase().replace(/^\W+/, '');
  if (part.length < MIN_PART_LENGTH) return undefined;
  const [found, ...others] = words.filter((one) => one.toLowerCase().includes(part));
  return others.length === 0 ? found : undefined;
}

/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    let diagonal = i;
    let left = i + 1;
    row = row.map((up, j) => {
      if (j === 0) return left;
      left = Math.min(diagonal + (b[j - 1] === letter ? 0 : 1), up + 1, left + 1);
      diagonal = up;
      return left;
    });
  }
  return row.reduce((_, last) => last, 0);
}
