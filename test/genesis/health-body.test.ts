import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseHealthBody } from '../../src/genesis/health-body.ts';

const SAMPLE = readFileSync(new URL('../fixtures/health-status-sample.json', import.meta.url), 'utf8');
const OPTIONS = { statusAliases: new Map(), maxProcesses: 1000 };

function reportOf(text: string) {
  const body = parseHealthBody(text, OPTIONS);
  if (body.kind === 'failure') throw new Error(`not understood: ${body.detail}`);
  return body.report;
}

function bodyOf(count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, index) => ({ PROCESS_NAME: `P${index}`, STATUS: 'UP' })));
}

describe('parseHealthBody', () => {
  it("reads the platform's own sample", () => {
    const { processes, rejectedRows } = reportOf(SAMPLE);
    expect(rejectedRows).toBe(0);
    expect(processes.map(({ name, state, port }) => `${name} ${state} ${port}`)).toEqual([
      'GENESIS_AUTH_MANAGER UP 8001',
      'GENESIS_AUTH_DATASERVER UP 8002',
      'GENESIS_AUTH_PERMS UP 8003',
      'GENESIS_AUTH_REQUEST_SERVER UP 8004',
      'GENESIS_AUTH_CONSOLIDATOR UP 8005',
      'GENESIS_CLUSTER UP 9000',
      'GENESIS_ROUTER UP 9017',
      'GENESIS_NOTIFY UP 9018',
    ]);
    expect(processes[1]).toEqual({
      name: 'GENESIS_AUTH_DATASERVER',
      status: 'UP',
      state: 'UP',
      message: ';Lmdb currently uses 1% of available space (total size 2GB)',
      port: 8002,
      lmdb: [{ usedRatio: 0.01, totalBytes: 2 ** 31 }],
    });
  });

  it.each([
    ['nothing', '', 'bad_json'],
    ['blanks', ' \n', 'bad_json'],
    ['a web page', '<html>503</html>', 'bad_json'],
    ['half an answer', SAMPLE.slice(0, -20), 'bad_json'],
    ['a byte order mark', `\uFEFF[]`, 'bad_json'],
    ['two answers', '[][]', 'bad_json'],
    ['NaN as a port', '[{"PROCESS_NAME":"A","PORT":NaN}]', 'bad_json'],
    ['an object', '{"PROCESS_NAME":"A"}', 'bad_shape'],
    ['a string', '"UP"', 'bad_shape'],
    ['null', 'null', 'bad_shape'],
    ['a number', '0', 'bad_shape'],
    ['one row too many', bodyOf(1001), 'too_many_processes'],
    ['rows too many that are not even rows', JSON.stringify(Array(1001).fill(null)), 'too_many_processes'],
    ['far more rows than are allowed', bodyOf(100_000), 'too_many_processes'],
    ['a million lists in one another', '['.repeat(1_000_000) + ']'.repeat(1_000_000), 'bad_shape'],
    ['a row of a million keys', `[{"PROCESS_NAME":"A"${',"K":0'.repeat(1_000_000)}}]`, 'bad_shape'],
  ] as const)('does not understand %s', (_, text, reason) => {
    expect(parseHealthBody(text, OPTIONS)).toMatchObject({ kind: 'failure', reason });
  });

  it('stops before it has read what would take long', () => {
    const costly = `[${Array(2_000_000).fill('{}').join(',')}]`;
    const startMs = performance.now();
    JSON.parse(costly);
    const readMs = performance.now() - startMs;
    expect(parseHealthBody(costly, OPTIONS)).toMatchObject({ reason: 'too_many_processes' });
    expect(performance.now() - startMs - readMs).toBeLessThan(readMs);
  });

  it('never repeats the body in what it says of it', () => {
    const secret = 'hunter2';
    for (const text of [secret, `{"password":"${secret}"}`, `"${secret}"`]) {
      expect(parseHealthBody(text, OPTIONS)).toHaveProperty('detail', expect.not.stringContaining(secret));
    }
  });

  it('reads an empty array and as many rows as are allowed', () => {
    expect(reportOf('[]')).toEqual({ processes: [], rejectedRows: 0 });
    expect(reportOf(bodyOf(1000)).processes).toHaveLength(1000);
  });

  it.each([
    ['null', null],
    ['a string', 'UP'],
    ['a number', 7],
    ['an array', ['PROCESS_NAME', 'A']],
    ['an empty object', {}],
    ['a name of null', { PROCESS_NAME: null, STATUS: 'UP' }],
    ['a number as the name', { PROCESS_NAME: 7 }],
    ['an empty name', { PROCESS_NAME: '' }],
    ['a blank name', { PROCESS_NAME: ' \t\n' }],
    ['the name under another key', { process_name: 'A' }],
  ])('rejects %s as a row, and reads the others', (_, row) => {
    const { processes, rejectedRows } = reportOf(JSON.stringify([row, { PROCESS_NAME: 'B', STATUS: 'UP' }, row]));
    expect(processes.map(({ name }) => name)).toEqual(['B']);
    expect(rejectedRows).toBe(2);
  });

  it('keeps no name or value that an object would inherit', () => {
    const { processes, rejectedRows } = reportOf(
      '[{"__proto__":{"PROCESS_NAME":"A"}},{"PROCESS_NAME":"__proto__","STATUS":"constructor"}]',
    );
    expect(rejectedRows).toBe(1);
    expect(processes).toMatchObject([{ name: '__proto__', status: 'constructor', state: 'UNKNOWN' }]);
  });

  it.each([
    ['"STATUS":"DOWN","STATUS":"UP"', 'DOWN'],
    ['"STATUS":"UP","STATUS":"DOWN"', 'DOWN'],
    ['"STATUS":"UP","STATUS":"WARNING","STATUS":"UP"', 'WARNING'],
    ['"STATUS":"UP","STATUS":null', 'UNKNOWN'],
    ['"MESSAGE":"","MESSAGE":""', 'UNKNOWN'],
    [`"STATUS"${' '.repeat(500)}:"DOWN","STATUS":"UP"`, 'DOWN'],
  ])('keeps the worse of the words of one row: %s', (words, state) => {
    const { processes, rejectedRows } = reportOf(
      `[{"PROCESS_NAME":"A",${words}},null,{"PROCESS_NAME":"B","STATUS":"UP"}]`,
    );
    expect(processes.map((process) => process.state)).toEqual([state, 'UP']);
    expect(rejectedRows).toBe(1);
  });

  it('keeps the worse of two rows with one name', () => {
    const row = { PROCESS_NAME: 'A', STATUS: 'UP', PORT: 1 };
    const { processes } = reportOf(JSON.stringify([row, { ...row, STATUS: 'DOWN', PORT: 2 }]));
    expect(processes).toMatchObject([{ status: 'DOWN', port: 2 }]);
  });

  it('tolerates a row of a name alone, and further keys', () => {
    const bare = { name: 'A', status: undefined, state: 'UNKNOWN', message: '', port: undefined, lmdb: [] };
    expect(reportOf('[{"PROCESS_NAME":"A"}]').processes).toEqual([bare]);
    expect(reportOf('[{"HOST":"h","PROCESS_NAME":"A","PID":{"deep":[1]}}]').processes).toEqual([bare]);
  });

  it.each([
    ['arrays', '['.repeat(99_999) + ']'.repeat(99_999)],
    ['objects', `[${'{"a":'.repeat(99_998)}1${'}'.repeat(99_998)}]`],
  ])('survives %s nested a long way down', (_, text) => {
    expect(reportOf(text).processes).toEqual([]);
  });
});
