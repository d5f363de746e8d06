import { createHmac, randomBytes } from 'node:crypto';
import { dummyBcryptHash } from '../config/bcrypt-hash.ts';

/** User and password from an Authorization header. */
export interface Credentials {
  readonly user: string;
  /** The bytes as sent; the encoding is unknown. */
  readonly password: Buffer;
}

/** Parses an HTTP basic authentication header; undefined when it is not one. */
export function parseBasicAuth(header: string | undefined): Credentials | undefined {
  const encoded = /^basic +([a-z0-9+/]+={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64');
  const colon = decoded.indexOf(':');
  if (colon === -1) return undefined;
  return { user: decoded.toString('utf8', 0, colon), password: decoded.subarray(colon + 1) };
}

/** `busy`: the queue of verifications is full. */
export type Verified = 'known' | 'unknown' | 'busy';

/** Verifies users and passwords. */
export interface UserVerifier {
  /** Verifies credentials against `users`, bcrypt hashes by name. Takes as long for an unknown user as for a known one. */
  verify(credentials: Credentials, users: ReadonlyMap<string, string>): Promise<Verified>;
}

/** Sizes of the cache of verified passwords and of the queue. */
export interface VerifierLimits {
  readonly maxRemembered: number;
  readonly maxWaiting: number;
}

/** Compares a password with a bcrypt hash, off the event loop. */
export type CompareHash = (password: Buffer, hash: string) => Promise<boolean>;

/** Compares with bcrypt, which is loaded on first use. */
export async function compareBcrypt(password: Buffer, hash: string): Promise<boolean> {
  const { verify } = await import('@node-rs/bcrypt');
  return verify(password, hash);
}

const LIMITS: VerifierLimits = { maxRemembered: 100, maxWaiting: 50 };

/** Creates a verifier that compares one password at a time, because each comparison takes 0.1 s of a processor, and caches the verified ones. */
export function createUserVerifier(compare: CompareHash, limits = LIMITS): UserVerifier {
  // The cache holds only HMACs under a random key: no passwords, and no hashes that can be brute-forced without the key.
  const secret = randomBytes(32);
  const remembered = new Set<string>();
  const running = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();

  function keyOf({ user, password }: Credentials, hash: string): string {
    const hmac = createHmac('sha256', secret);
    for (const part of [Buffer.from(user), Buffer.from(hash)]) hmac.update(`${part.length}:`).update(part);
    return hmac.update(password).digest('base64');
  }

  function enqueue(key: string, password: Buffer, hash: string): Promise<boolean> {
    const comparison = last.then(() => compare(password, hash)).finally(() => running.delete(key));
    running.set(key, comparison);
    last = comparison.catch(() => undefined);
    return comparison;
  }

  function remember(key: string): void {
    remembered.delete(key);
    remembered.add(key);
    const [oldest] = remembered;
    if (remembered.size > limits.maxRemembered && oldest !== undefined) remembered.delete(oldest);
  }

  async function verify(credentials: Credentials, users: ReadonlyMap<string, string>): Promise<Verified> {
    const known = users.get(credentials.user);
    const hash = known ?? dummyBcryptHash(users.values());
    const key = keyOf(credentials, hash);
    if (!remembered.has(key)) {
      if (!running.has(key) && running.size >= limits.maxWaiting) return 'busy';
      const isRight = await (running.get(key) ?? enqueue(key, credentials.password, hash));
      if (!isRight || known === undefined) return 'unknown';
    }
    remember(key);
    return 'known';
  }

  return { verify };
}
