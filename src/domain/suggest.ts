/** A question that offers the word most like `word`; empty when none is like it. */
export function suggest(word: string, words: readonly string[]): string {
  const [best] = words
    .map((one) => ({ one, distance: distanceOf(word.toLowerCase(), one.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(3, word.length / 3) ? `; did you mean ${best.one}?` : '';
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
