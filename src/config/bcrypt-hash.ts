const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const FORM = /^\$2[a-z]?\$(0[4-9]|[12]\d|3[01])\$([./A-Za-z0-9]{21})([./A-Za-z0-9])([./A-Za-z0-9]{31})$/;

/** A bcrypt hash of any `$2` kind in the one spelling that every library verifies; undefined when it is none. */
export function normaliseBcryptHash(text: string): string | undefined {
  if (!FORM.test(text)) return undefined;
  return text.replace(FORM, (_, cost: string, salt: string, last: string, digest: string) => {
    // The last character carries two bits of salt; Go ignores the other four, stricter libraries refuse them.
    const canonical = ALPHABET[ALPHABET.indexOf(last) & 0b110000];
    return `$2b$${cost}$${salt}${canonical}${digest}`;
  });
}

/** A hash that no password is known for, and that costs as much to compare as the costliest of these. */
export function dummyBcryptHash(hashes: Iterable<string>): string {
  const costs = Array.from(hashes, (hash) => Number(hash.slice(4, 6)));
  const cost = String(Math.max(...costs, 10)).padStart(2, '0');
  return `$2b$${cost}$${'genesis/exporter/dummy'.slice(0, 21)}.${'nobody/has/this/password/at/all'.slice(0, 30)}e`;
}
