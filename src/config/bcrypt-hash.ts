const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const FORM = /^\$2[a-z]?\$(0[4-9]|[12]\d|3[01])\$([./A-Za-z0-9]{21})([./A-Za-z0-9])([./A-Za-z0-9]{31})$/;

/** Rewrites a bcrypt hash of any `$2` variant to the form that every library accepts; undefined when the text is no bcrypt hash. */
export function normaliseBcryptHash(text: string): string | undefined {
  if (!FORM.test(text)) return undefined;
  return text.replace(FORM, (_, cost: string, salt: string, last: string, digest: string) => {
    // The last character has two bits of salt. Go ignores the other four bits, stricter libraries refuse a hash in which they are set.
    const canonical = ALPHABET[ALPHABET.indexOf(last) & 0b110000];
    return `$2b$${cost}$${salt}${canonical}${digest}`;
  });
}

/** A hash without a known password. A comparison with it takes as long as with the most expensive of `hashes`. */
export function dummyBcryptHash(hashes: Iterable<string>): string {
  const costs = Array.from(hashes, (hash) => Number(hash.slice(4, 6)));
  const cost = String(Math.max(...costs, 10)).padStart(2, '0');
  return `$2b$${cost}$${'genesis/exporter/dummy'.slice(0, 21)}.${'nobody/has/this/password/at/all'.slice(0, 30)}e`;
}
