import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLmdbMessage } from '../../src/genesis/lmdb-message.ts';

const GIB = 2 ** 30;

function phrase(percent: string | number, size: string): string {
  return `Lmdb currently uses ${percent}% of available space (total size ${size})`;
}

/** Each LMDB part as `ratio of bytes`, `?` for what is not known. */
function figures(message: string): readonly string[] {
  return parseLmdbMessage(message).map(({ usedRatio, totalBytes }) => `${usedRatio ?? '?'} of ${totalBytes ?? '?'}`);
}

describe('parseLmdbMessage', () => {
  it.each([
    ['a leading semicolon (2022.3 to today)', `;${phrase(1, '2GB')}`, [`0.01 of ${2 * GIB}`]],
    ['a trailing semicolon (GSF 5.1)', `${phrase(1, '2GB')};`, [`0.01 of ${2 * GIB}`]],
    ["a monitor's name in front (IntelliJ plugin)", `lmdb: ${phrase(1, '2GB')}`, [`0.01 of ${2 * GIB}`]],
    ['another case', phrase(7, '2gb').toUpperCase(), [`0.07 of ${2 * GIB}`]],
    ['an empty store', phrase(0, '1GB'), [`0 of ${GIB}`]],
    ['a full store', phrase(100, '1GB'), [`1 of ${GIB}`]],
    ['megabytes', phrase(50, '512MB'), [`0.5 of ${GIB / 2}`]],
    ['a fraction of a size', phrase(50, '1.5 GB'), [`0.5 of ${1.5 * GIB}`]],
    ['GiB', phrase(50, '2GiB'), [`0.5 of ${2 * GIB}`]],
    ['bytes', phrase(50, '4096B'), ['0.5 of 4096']],
    ['a fraction of a per cent', phrase('12.5', '1GB'), [`0.125 of ${GIB}`]],
    [
      'a blank before the per cent sign',
      'Lmdb currently uses 5 % of available space (total size 1GB)',
      [`0.05 of ${GIB}`],
    ],
    [
      'several parts in their order',
      `;${phrase(1, '1GB')};other: text;${phrase(2, '2GB')}`,
      [`0.01 of ${GIB}`, `0.02 of ${2 * GIB}`],
    ],
    [
      'free text with ; and : around it',
      `Pool "a;b": 3 errors: x;y; lmdb-1: ${phrase(3, '1GB')} (since 10:15:00);`,
      [`0.03 of ${GIB}`],
    ],
  ])('reads %s', (_, message, stores) => {
    expect(figures(message)).toEqual(stores);
  });

  it.each([
    ['a share over 100 %', phrase(101, '1GB'), [`? of ${GIB}`]],
    ['an impossible share', phrase('999999999999999', '1GB'), [`? of ${GIB}`]],
    ['a size of 0', phrase(50, '0GB'), ['0.5 of ?']],
    ['no size', 'Lmdb currently uses 50% of available space', ['0.5 of ?']],
    ['no words behind the share', 'Lmdb currently uses 50%', ['0.5 of ?']],
    ['a size in a unit that is none', phrase(50, '2PB'), ['0.5 of ?']],
    ['a size of two points', phrase(50, '1.2.3GB'), ['0.5 of ?']],
    ['a size cut off', 'Lmdb currently uses 50% of available space (total size 2', ['0.5 of ?']],
  ])('leaves out what it does not know: %s', (_, message, stores) => {
    expect(figures(message)).toEqual(stores);
  });

  it.each([
    ['nothing', ''],
    ['joints alone', ';;;'],
    ['free text', 'Database connection pool deadlock has been detected'],
    ['a cut phrase', 'lmdb: Lmdb currentl...'],
    ['no number', phrase('some ', '2GB')],
    ['a negative share', phrase(-1, '2GB')],
    ['a decimal comma', phrase('1,5', '2GB')],
    ['too many digits', phrase('1'.repeat(40), '2GB')],
    ['the phrase cut by a joint', 'Lmdb currently;uses 1% of available space'],
  ])('finds no store in %s', (_, message) => {
    expect(figures(message)).toEqual([]);
  });

  it('counts sixteen stores, and passes over parts of other text when it counts', () => {
    const message = Array.from({ length: 17 }, (_, index) => `note;${phrase(index, '1GB')}`).join(';');
    expect(figures(message)).toEqual(Array.from({ length: 16 }, (_, index) => `${index / 100} of ${GIB}`));
  });

  // A quadratic search of a megabyte takes hours, a linear one a fraction of a second: the bound tells them apart on any
  // machine, and the growing lengths let a quadratic one fail early.
  it.each([
    ['one phrase begun over and over', 'Lmdb currently uses '],
    ['digits', '1'],
    ['digits behind the phrase', 'Lmdb currently uses 11111111111111111111'],
    ['points and digits', 'Lmdb currently uses 1.1.1.1.1.1.1%'],
    ['blanks', ' '],
    ['blanks behind a share', 'Lmdb currently uses 1   '],
    ['an open size', 'Lmdb currently uses 1% of available space (total size 1.1.1'],
    ['joints', ';'],
    ['whole phrases without a joint', phrase(1, '2GB')],
    ['letters of the phrase', 'L'],
    ['wide letters', '漢'],
  ])(
    'reads a megabyte of %s without choking',
    (_, shape) => {
      for (const length of [30_000, 100_000, 300_000, 1_000_000]) {
        const hostile = shape.repeat(Math.ceil(length / shape.length));
        const startedMs = performance.now();
        for (const message of [hostile, `Lmdb currently uses ${hostile}`, `${hostile}%`]) {
          expect(parseLmdbMessage(message).length).toBeLessThanOrEqual(16);
        }
        expect(performance.now() - startedMs, `${length} characters`).toBeLessThan(20_000);
      }
    },
    60_000,
  );

  it('gives for any text at most sixteen stores with figures that can be true', () => {
    const word = fc.constantFrom(
      'Lmdb currently uses ',
      '5',
      '0',
      '.',
      '%',
      ' of available space',
      ' (total size ',
      'GB)',
      ';',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(anything, (message) => {
        const stores = parseLmdbMessage(message);
        expect(stores.length).toBeLessThanOrEqual(16);
        for (const { usedRatio, totalBytes } of stores) {
          expect((usedRatio ?? 0) >= 0 && (usedRatio ?? 1) <= 1 && (totalBytes ?? 1) > 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
