import { type AnswerFault, failed, healthy, unhealthy } from './fault.ts';
import { answers, answersJson, WELL_BODY, WELL_ROW, WELL_SERVED } from './raw-answer.ts';

const WELL_ROW_START = JSON.stringify(WELL_ROW).slice(0, -1);

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** Bodies that are not what they should be, as a whole. */
export const BODY_FAULTS: readonly AnswerFault[] = [
  { name: 'is torn', answer: answers(200, WELL_BODY.slice(0, -5)), expected: failed('bad_json', /cut short/) },
  {
    name: 'has more behind it',
    answer: answers(200, `${WELL_BODY}${WELL_BODY}`),
    expected: failed('bad_json', /JSON with a mistake in line 1, column \d+/),
  },
  {
    name: 'has NaN for a port',
    answer: answers(200, '[{"PROCESS_NAME":"A","STATUS":"UP","PORT":NaN}]'),
    expected: failed('bad_json', /JSON with a mistake/),
  },
  {
    name: 'is UTF-16',
    answer: answers(200, Buffer.from(WELL_BODY, 'utf16le')),
    expected: failed('bad_json', /looks like UTF-16/),
  },
  { name: 'has a byte order mark', answer: answers(200, `\uFEFF${WELL_BODY}`), expected: healthy(WELL_SERVED) },
  { name: 'is null', answer: answers(200, 'null'), expected: failed('bad_shape', /one JSON null/) },
  {
    name: 'is an object',
    answer: answersJson({ 0: WELL_ROW, length: 1 }),
    expected: failed('bad_shape', /one JSON object with the keys 0, length/),
  },
  { name: 'is an empty list', answer: answers(200, '[]'), expected: unhealthy('no_processes') },
  {
    name: 'is 50,000 lists in one another',
    answer: answers(200, nested(50_000)),
    expected: unhealthy('rejected_rows'),
  },
  {
    name: 'is a million lists in one another',
    answer: answers(200, nested(1_000_000)),
    expected: failed('bad_shape', /1000000 lists, objects and commas/),
  },
  {
    name: 'has 50,000 lists in a row',
    answer: answers(200, `[${WELL_ROW_START},"MORE":${nested(50_000)}}]`),
    expected: healthy(WELL_SERVED),
  },
  {
    name: 'has a million keys in a row',
    answer: answers(200, `[${WELL_ROW_START}${',"K":0'.repeat(1_000_000)}}]`),
    expected: failed('bad_shape', /1000005 lists, objects and commas/),
  },
  {
    name: 'has 100,000 rows',
    answer: answersJson(Array.from({ length: 100_000 }, (_, index) => ({ PROCESS_NAME: `P${index}`, STATUS: 'UP' }))),
    expected: failed('too_many_processes', /100000 rows, more than max_processes \(1000\)/),
  },
];

/** Bodies whose rows are odd. */
export const ROW_FAULTS: readonly AnswerFault[] = [
  {
    name: 'has rows that are none',
    answer: answersJson([WELL_ROW, null, 5, 'UP', [WELL_ROW], {}]),
    expected: unhealthy('rejected_rows', WELL_SERVED),
  },
  {
    name: 'names a key twice',
    answer: answers(200, '[{"PROCESS_NAME":"A","STATUS":"UP","STATUS":"DOWN","PORT":1,"PORT":2}]'),
    expected: unhealthy('process_unhealthy', ['A', 'DOWN', 2]),
  },
  {
    name: 'names a process twice',
    answer: answersJson([WELL_ROW, { ...WELL_ROW, STATUS: 'DOWN' }, WELL_ROW]),
    expected: unhealthy('process_unhealthy', ['GENESIS_ROUTER', 'DOWN', 9017]),
  },
  {
    name: 'has ports that cannot be',
    answer: answersJson(
      [-1, 0, 65536, 80.5, 1e308, 'NaN', '-1', null, true, [8002], '8002'].map((PORT, index) => ({
        PROCESS_NAME: `P${index}`,
        STATUS: 'UP',
        PORT,
      })),
    ),
    expected: healthy(
      ...Array.from({ length: 11 }, (_, index) => [`P${index}`, 'UP', index === 10 ? 8002 : 0] as const),
    ),
  },
  {
    name: 'has STATUS words that are none',
    answer: answersJson(
      [null, 1, true, '', ' \n', ['UP'], 'U'.repeat(1000)].map((STATUS, index) => ({
        PROCESS_NAME: `P${index}`,
        STATUS,
      })),
    ),
    expected: unhealthy(
      'process_unhealthy',
      ...Array.from({ length: 7 }, (_, index) => [`P${index}`, 'UNKNOWN', 0] as const),
    ),
  },
  {
    name: 'has STATUS words of other worlds',
    answer: answersJson(
      ['UP\nDOWN', 'UP\u0000', '__proto__', 'status="UP"'].map((STATUS, index) => ({
        PROCESS_NAME: `P${index}`,
        STATUS,
      })),
    ),
    expected: unhealthy(
      'process_unhealthy',
      ['P0', 'UP\nDOWN', 0],
      ['P1', 'UP\u0000', 0],
      ['P2', '__proto__', 0],
      ['P3', 'status="UP"', 0],
    ),
  },
  {
    name: 'has a message of 7 MB',
    answer: answersJson([{ ...WELL_ROW, MESSAGE: `;${'m'.repeat(7_000_000)}` }]),
    expected: healthy(WELL_SERVED),
  },
  {
    name: 'has a message with 100,000 LMDB parts',
    answer: answersJson([{ ...WELL_ROW, MESSAGE: WELL_ROW.MESSAGE.repeat(100_000) }]),
    expected: healthy(WELL_SERVED),
  },
];
