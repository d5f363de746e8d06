import { createHmac, randomBytes } from 'node:crypto';
import { dummyBcryptHash } from '../config/bcrypt-hash.ts';
import type { Credentials } from './web-credentials.ts';

/** `busy`: so many wait to be verified that one more may not. */
export type Verified = 'known' | 'unknown' | 'busy';

/** Tells users by their passwords. */
export interface UserVerifier {
  /** Whether `users`, bcrypt hashes by name, has this user with this password; takes as long for a user that it does not have. */
  verify(credentials: Credentials, users: ReadonlyMap<string, string>): Promise<Verified>;
}

/** How much is kept, and how much waits. */
export interface VerifierLimits {
  readonly maxRemembered: number;
  readonly maxWaiting: number;
}

/** Compares a password with a bcrypt hash, off the event loop. */
export type CompareHash = (password: Buffer, hash: string) => Promise<boolean>;

/** Compares with bcrypt, which is loaded once there is something to compare. */
export async function compareBcrypt(password: Buffer, hash: string): Promise<boolean> {
  const { verify } = await import('@node-rs/bcrypt');
  return verify(password, hash);
}

const LIMITS: VerifierLimits = { maxRemembered: 100, maxWaiting: 50 };

/** A verifier that compares one password at a time, since each costs a processor a tenth of a second, and remembers those that were right. */
export function createUserVerifier(compare: CompareHash, limits = LIMITS): UserVerifier {
  // Neither passwords nor hashes of them that could be guessed from outside are kept.
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
