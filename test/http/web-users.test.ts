import { describe, expect, it } from 'vitest';
import { compareBcrypt, createUserVerifier, type Verified } from '../../src/http/web-users.ts';
import { until } from '../helpers/servers.ts';
import { SECRET_HASH } from '../helpers/web.ts';

const USERS = new Map([
  ['alice', SECRET_HASH],
  ['bob', SECRET_HASH],
]);

function credentials(user: string, password: string) {
  return { user, password: Buffer.from(password) };
}

/** A verifier that compares when it is told to, and what it was asked to compare. */
function aVerifier(limits?: Parameters<typeof createUserVerifier>[1]) {
  const asked: { readonly hash: string; readonly answer: (isRight: boolean) => void }[] = [];
  const compare = (_: Buffer, hash: string) => new Promise<boolean>((answer) => void asked.push({ hash, answer }));
  return { asked, verifier: createUserVerifier(compare, limits) };
}

async function settled(verified: Promise<Verified>): Promise<Verified | 'waiting'> {
  return Promise.race([verified, new Promise<'waiting'>((resolve) => setTimeout(() => resolve('waiting'), 5))]);
}

describe('the verifier', () => {
  it('compares a right password once', async () => {
    const { asked, verifier } = aVerifier();
    const first = verifier.verify(credentials('alice', 'secret'), USERS);
    await until(() => asked.length === 1);
    asked[0]?.answer(true);
    expect(await first).toBe('known');
    expect(await verifier.verify(credentials('alice', 'secret'), USERS)).toBe('known');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['another password', credentials('alice', 'secret2'), USERS],
    ['another user', credentials('bob', 'secret'), USERS],
    ['another hash', credentials('alice', 'secret'), new Map([['alice', SECRET_HASH.replace('04', '05')]])],
    ['a user and a password split elsewhere', credentials('alices', 'ecret'), new Map([['alices', SECRET_HASH]])],
  ])('compares again for %s', async (_, other, users) => {
    const { asked, verifier } = aVerifier();
    const first = verifier.verify(credentials('alice', 'secret'), USERS);
    await until(() => asked.length === 1);
    asked[0]?.answer(true);
    await first;
    const second = verifier.verify(other, users);
    await until(() => asked.length === 2);
    asked[1]?.answer(false);
    expect(await second).toBe('unknown');
  });

  it('tells users and hashes apart that read the same in a row', async () => {
    const compared: string[] = [];
    const verifier = createUserVerifier(async (_, hash) => compared.push(hash) > 0);
    await verifier.verify(credentials('a', 'p'), new Map([['a', 'xx']]));
    await verifier.verify(credentials('ax', 'p'), new Map([['ax', 'x']]));
    expect(compared).toEqual(['xx', 'x']);
  });

  it('compares a wrong password every time', async () => {
    const { asked, verifier } = aVerifier();
    for (const count of [1, 2, 3]) {
      const verified = verifier.verify(credentials('alice', 'wrong'), USERS);
      await until(() => asked.length === count);
      asked.at(-1)?.answer(false);
      expect(await verified).toBe('unknown');
    }
  });

  it('compares for an unknown user too, at the same cost, and never lets it in', async () => {
    const users = new Map([['alice', SECRET_HASH.replace('04', '12')]]);
    const { asked, verifier } = aVerifier();
    const verified = verifier.verify(credentials('mallory', 'secret'), users);
    await until(() => asked.length === 1);
    expect(asked[0]?.hash).toMatch(/^\$2b\$12\$/);
    asked[0]?.answer(true);
    expect(await verified).toBe('unknown');
  });

  it('compares one at a time, and what several ask at once only once', async () => {
    const { asked, verifier } = aVerifier();
    const alice = [1, 2, 3].map(() => verifier.verify(credentials('alice', 'secret'), USERS));
    const bob = verifier.verify(credentials('bob', 'secret'), USERS);
    await until(() => asked.length === 1);
    expect(await settled(bob)).toBe('waiting');
    asked[0]?.answer(true);
    expect(await Promise.all(alice)).toEqual(['known', 'known', 'known']);
    await until(() => asked.length === 2);
    asked[1]?.answer(true);
    expect(await bob).toBe('known');
  });

  it('turns away who would wait too long, and not those whom it remembers', async () => {
    const { asked, verifier } = aVerifier({ maxRemembered: 10, maxWaiting: 2 });
    const known = verifier.verify(credentials('alice', 'secret'), USERS);
    await until(() => asked.length === 1);
    asked[0]?.answer(true);
    await known;
    const waiting = ['a', 'b'].map((password) => verifier.verify(credentials('bob', password), USERS));
    expect(await verifier.verify(credentials('bob', 'c'), USERS)).toBe('busy');
    expect(await verifier.verify(credentials('alice', 'secret'), USERS)).toBe('known');
    await until(() => asked.length === 2);
    asked[1]?.answer(false);
    await until(() => asked.length === 3);
    asked[2]?.answer(false);
    expect(await Promise.all(waiting)).toEqual(['unknown', 'unknown']);
  });

  it('remembers so many, and forgets who has not come for longest', async () => {
    const users = new Map(['a', 'b', 'c'].map((name) => [name, SECRET_HASH]));
    const compared: string[] = [];
    const compare = async (password: Buffer) => compared.push(String(password)) > 0;
    const verifier = createUserVerifier(compare, { maxRemembered: 2, maxWaiting: 10 });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await verifier.verify(credentials(name, name), users);
    expect(compared).toEqual(['a', 'b', 'c', 'b']);
  });

  it('goes on after a comparison that failed', async () => {
    const failures = [new Error('out of memory')];
    const verifier = createUserVerifier(async () => {
      const failure = failures.pop();
      if (failure !== undefined) throw failure;
      return true;
    });
    await expect(verifier.verify(credentials('alice', 'x'), USERS)).rejects.toThrow('out of memory');
    expect(await verifier.verify(credentials('alice', 'x'), USERS)).toBe('known');
  });
});

describe('bcrypt', () => {
  it.each([
    ['secret', true],
    ['Secret', false],
    ['', false],
    ['secret\0', false],
  ])('compares %j', async (password, isRight) => {
    expect(await compareBcrypt(Buffer.from(password), SECRET_HASH)).toBe(isRight);
  });

  it('takes as long for an unknown user as for a wrong password', async () => {
    const users = new Map([['alice', SECRET_HASH.replace('$04$', '$10$')]]);
    const verifier = createUserVerifier(compareBcrypt);
    async function medianMs(user: string): Promise<number> {
      const durations: number[] = [];
      for (let count = 0; count < 5; count += 1) {
        const startMs = performance.now();
        expect(await verifier.verify(credentials(user, `${count}`), users)).toBe('unknown');
        durations.push(performance.now() - startMs);
      }
      return durations.toSorted((a, b) => a - b)[2] ?? 0;
    }
    const ratio = (await medianMs('alice')) / (await medianMs('mallory'));
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });
});
