import { expect, it } from 'vitest';
import { describeRejectedRow } from '../../src/genesis/rejected-row.ts';

it.each<[unknown, hint: string, text: string]>([
  [null, 'other-keys', 'a row is null, not an object'],
  ['UP', 'other-keys', 'a row is a string, not an object'],
  [['UP'], 'other-keys', 'a row is a list, not an object'],
  [{}, 'other-keys', 'a row has no keys, and no PROCESS_NAME'],
  [{ name: 'A', b: 1 }, 'other-keys', 'a row has the keys name, b, and no PROCESS_NAME'],
  [{ PROCESS_NAME: '' }, 'other-keys', 'PROCESS_NAME of a row is no usable name'],
  [
    { process_name: 'A', status: 'UP' },
    'lower-case-keys',
    'a row has the keys process_name, status; Genesis writes PROCESS_NAME, STATUS, MESSAGE and PORT',
  ],
  [
    { processName: 'A' },
    'lower-case-keys',
    'a row has the keys processName; Genesis writes PROCESS_NAME, STATUS, MESSAGE and PORT',
  ],
  [
    { 'a\n"': 1, b: 2, c: 3, d: 4, [`e${'x'.repeat(50)}`]: 5, f: 6 },
    'other-keys',
    `a row has the keys a\uFFFD\uFFFD, b, c, d, e${'x'.repeat(19)} and more, and no PROCESS_NAME`,
  ],
])('describes %j', (row, hint, text) => {
  expect(describeRejectedRow(row)).toEqual({ hint, text });
});
