import { describe, expect, it } from 'vitest';
import { dummyBcryptHash, normaliseBcryptHash } from '../../src/config/bcrypt-hash.ts';

const SALT = 'yW95SxD2AAt92oQjalLJoO';
const DIGEST = '6dtBsr7ITYjMCaYf93oZyS1AQ7cB1SO';
const HASH = `$2b$05$${SALT}${DIGEST}`;

describe('normaliseBcryptHash', () => {
  it.each([
    HASH,
    HASH.replace('2b', '2'),
    HASH.replace('2b', '2a'),
    HASH.replace('2b', '2x'),
    HASH.replace('2b', '2y'),
    `$2b$05$${SALT.slice(0, -1)}P${DIGEST}`,
  ])('spells %s in the one way', (text) => {
    expect(normaliseBcryptHash(text)).toBe(HASH);
  });

  it.each([
    ['an empty text', ''],
    ['a password', 'secret'],
    ['a cost below 4', HASH.replace('05', '03')],
    ['a cost above 31', HASH.replace('05', '32')],
    ['a cost of one digit', HASH.replace('05', '5')],
    ['too little', HASH.slice(0, -1)],
    ['too much', `${HASH}.`],
    ['another kind of hash', `$6$${SALT}${DIGEST}`],
    ['a foreign character', HASH.replace('yW', 'y+')],
    ['two lines', `${HASH}\n${HASH}`],
  ])('refuses %s', (_, text) => {
    expect(normaliseBcryptHash(text)).toBeUndefined();
  });
});

describe('dummyBcryptHash', () => {
  it.each([
    [[], '10'],
    [[HASH], '10'],
    [[HASH.replace('05', '12'), HASH.replace('05', '11')], '12'],
  ])('costs as much as the costliest of %j, at least what is usual', (hashes, cost) => {
    const dummy = dummyBcryptHash(hashes);
    expect(dummy.slice(0, 7)).toBe(`$2b$${cost}$`);
    expect(normaliseBcryptHash(dummy)).toBe(dummy);
  });
});
