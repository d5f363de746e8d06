import type { AnswerFault, ServedRow } from './fault.ts';
import { healthy, unhealthy } from './fault.ts';
import { answers, answersJson, WELL_ROW, WELL_SERVED } from './raw-answer.ts';

function rowsNamed(...names: readonly unknown[]): readonly object[] {
  return names.map((PROCESS_NAME) => ({ PROCESS_NAME, STATUS: 'UP', MESSAGE: '', PORT: 1 }));
}

function served(...names: readonly string[]): readonly ServedRow[] {
  return names.map((name) => [name, 'UP', 1] as const);
}

const FROM_JAVASCRIPT = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'];
const FROM_THE_FORMAT = [
  'A"',
  'A\\',
  'A\\"',
  'A\\n',
  'A",status="UP"} 1 #',
  '{',
  '}',
  'A{a="b"} 1',
  '# HELP a b',
  'A,b:',
];
const FROM_UNICODE = ['Прóцесс', '进程', '🚀', '\u202Eesrever', 'zero\u200Bwidth', 'A\u2028B', 'e\u0301', '\u00e9'];
const ALIKE = ['A', 'A  B', 'a'];

/** Bodies whose processes have names that could break something on the way to a reader. */
export const NAME_FAULTS: readonly AnswerFault[] = [
  ...Object.entries({
    "has names of JavaScript's own": FROM_JAVASCRIPT,
    'has names that look like the exposition': FROM_THE_FORMAT,
    'has names in other scripts': FROM_UNICODE,
    'has names that differ in inner blanks and case': ALIKE,
  }).map(([name, names]) => ({
    name,
    answer: answersJson(rowsNamed(...names)),
    expected: healthy(...served(...names)),
  })),
  {
    name: 'has control characters in names',
    answer: answersJson(rowsNamed('A\u0000B', 'A\nC', 'A\r\nD\u007F', '\u001B[31mred')),
    expected: healthy(...served('A\uFFFDB', 'A\uFFFDC', 'A\uFFFD\uFFFDD\uFFFD', '\uFFFD[31mred')),
  },
  {
    name: 'has names that become one',
    answer: answersJson([
      ...rowsNamed('A\u0000'),
      { PROCESS_NAME: 'A\u0001', STATUS: 'ERROR', PORT: 2 },
      ...rowsNamed('A\uFFFD'),
    ]),
    expected: unhealthy('process_unhealthy', ['A\uFFFD', 'ERROR', 2]),
  },
  {
    name: 'has names that differ in the blanks around them',
    answer: answersJson([...rowsNamed('A', ' A'), { PROCESS_NAME: 'A\n', STATUS: 'ERROR', PORT: 2 }]),
    expected: unhealthy('process_unhealthy', ['A', 'ERROR', 2]),
  },
  {
    name: 'has half a surrogate pair in a name',
    answer: answers(200, '[{"PROCESS_NAME":"A\\ud83d","STATUS":"UP","PORT":1}]'),
    expected: healthy(...served('A\uFFFD')),
  },
  {
    name: 'has invalid UTF-8 in a name',
    answer: answers(
      200,
      Buffer.concat([Buffer.from('[{"PROCESS_NAME":"A'), Buffer.of(0xff), Buffer.from('","STATUS":"UP","PORT":1}]')]),
    ),
    expected: healthy(...served('A\uFFFD')),
  },
  {
    name: 'has names that are none',
    answer: answersJson([WELL_ROW, ...rowsNamed('', ' ', '\n', null, 5, true, ['A'], { A: 'A' })]),
    expected: unhealthy('rejected_rows', WELL_SERVED),
  },
  {
    name: 'has names of 256 characters and of one more',
    answer: answersJson(rowsNamed('N'.repeat(256), `${'N'.repeat(256)}1`, `${'N'.repeat(256)}2`)),
    expected: unhealthy('rejected_rows', ...served('N'.repeat(256))),
  },
  {
    name: 'has a __proto__ of its own in each row',
    answer: answers(
      200,
      '[{"__proto__":{"PROCESS_NAME":"A","STATUS":"UP"},"PROCESS_NAME":"B","STATUS":"UP","PORT":1}]',
    ),
    expected: healthy(...served('B')),
  },
];
