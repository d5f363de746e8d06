import { expect, it } from 'vitest';
import { createBodyReader } from '../../src/prober/health-outcome.ts';

const row = (name: string) => `[{"PROCESS_NAME":"${name}","STATUS":"UP","PORT":1}]`;

it('an answer that is the same is read once, another one anew, and the first again after that', () => {
  const read = createBodyReader({ statusAliases: new Map(), maxProcesses: 10 });
  const first = read(row('A'));
  expect(read(row('A'))).toBe(first);
  expect(read(row('B'))).toMatchObject({ kind: 'report', report: { processes: [{ name: 'B' }] } });
  expect(read(row('A'))).toEqual(first);
  expect(read('[')).toMatchObject({ kind: 'failure', reason: 'bad_json' });
  expect(read(row('A'))).toEqual(first);
});

it('a very long answer is not kept', () => {
  const read = createBodyReader({ statusAliases: new Map(), maxProcesses: 10 });
  const long = row('A').padEnd(65_537);
  expect(read(long)).toEqual(read(long));
  expect(read(long)).not.toBe(read(long));
});
