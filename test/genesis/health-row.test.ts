import { describe, expect, it } from 'vitest';
import type { ProcessReport } from '../../src/domain/process-report.ts';
import { parseHealthBody } from '../../src/genesis/health-body.ts';

const OPTIONS = { statusAliases: new Map([['RUNNING', 'STARTING'] as const]), maxProcesses: 1 };

function readRow(fields: object): ProcessReport | undefined {
  const body = parseHealthBody(JSON.stringify([{ PROCESS_NAME: 'A', STATUS: 'UP', ...fields }]), OPTIONS);
  if (body.kind === 'failure') throw new Error(body.detail);
  return body.report.processes[0];
}

describe('a row of a health answer', () => {
  it.each([
    ['as it is', 'GENESIS_ROUTER', 'GENESIS_ROUTER'],
    ['without the blanks around it', ' \tA B\n', 'A B'],
    ['out of a megabyte of blanks', `${' '.repeat(1_000_000)}N`, 'N'],
    ['in another script', 'Прóцесс 进程 🚀', 'Прóцесс 进程 🚀'],
    ['with control characters replaced', 'A\n\u0000\u009fB', 'A\uFFFD\uFFFD\uFFFDB'],
    ['with a lone surrogate replaced', 'A\uD800', 'A\uFFFD'],
    ['of 256 characters', 'N'.repeat(256), 'N'.repeat(256)],
    ['of 256 characters that UTF-16 needs two units for', '🚀'.repeat(256), '🚀'.repeat(256)],
  ])('takes a name %s', (_, given, name) => {
    expect(readRow({ PROCESS_NAME: given })?.name).toBe(name);
  });

  it.each([
    ['no text', 5],
    ['empty', ''],
    ['all blanks', ' \n\u00a0'],
    ['longer than 256 characters, as two that are cut could become one', 'N'.repeat(257)],
    ['of a megabyte', 'N'.repeat(1_000_000)],
  ])('rejects a name that is %s', (_, given) => {
    expect(readRow({ PROCESS_NAME: given })).toBeUndefined();
  });

  it.each([
    ['a word', 'UP', 'UP', 'UP'],
    ['a word in lower case, shown as it came but for the blanks around it', ' up\n', 'up', 'UP'],
    ['an alias, shown as it came', 'Running', 'Running', 'STARTING'],
    ['an unmapped word, shown as it came', 'LOST', 'LOST', 'UNKNOWN'],
    ['a lone surrogate', 'UP\uDFFF', 'UP\uFFFD', 'UNKNOWN'],
    ['an empty word', '', undefined, 'UNKNOWN'],
    ['blanks', '  ', undefined, 'UNKNOWN'],
    ['null', null, undefined, 'UNKNOWN'],
    ['a number', 1, undefined, 'UNKNOWN'],
    ['a list', ['UP'], undefined, 'UNKNOWN'],
    ['256 characters', 'U'.repeat(256), 'U'.repeat(256), 'UNKNOWN'],
    ['more, which is no word', 'U'.repeat(257), undefined, 'UNKNOWN'],
    ['a word and a lot of blanks', `UP${' '.repeat(10_000)}`, 'UP', 'UP'],
  ])('reads %.30s as STATUS', (_, given, status, state) => {
    expect(readRow({ STATUS: given })).toMatchObject({ status, state });
  });

  it.each([
    ['a number', 8002, 8002],
    ['the smallest', 1, 1],
    ['the largest', 65535, 65535],
    ['a string of digits', '8002', 8002],
    ['digits between blanks', ' 8002 ', 8002],
    ['leading zeroes', '00080', 80],
    ['0', 0, undefined],
    ['0 as a string', '0', undefined],
    ['a negative number', -1, undefined],
    ['one too many', 65536, undefined],
    ['70000 as a string', '70000', undefined],
    ['a fraction', 1.5, undefined],
    ['a fraction as a string', '1.5', undefined],
    ['hexadecimal', '0x50', undefined],
    ['a word', 'NaN', undefined],
    ['an empty string', '', undefined],
    ['null', null, undefined],
    ['true', true, undefined],
    ['a list', [8002], undefined],
    ['a megabyte of digits', '1'.repeat(1_000_000), undefined],
  ])('reads %.30s as PORT', (_, given, port) => {
    expect(readRow({ PORT: given })?.port).toBe(port);
  });

  it('takes no LMDB figures from what was cut off', () => {
    const phrase = ';Lmdb currently uses 1% of available space (total size 2GB)';
    expect(readRow({ MESSAGE: `${phrase}${'m'.repeat(65_536)}${phrase}` })?.lmdb).toHaveLength(1);
  });

  it.each([
    ['text as it came', ' ;a: b;\u0000\n', ' ;a: b;\u0000\n'],
    ['a lone surrogate replaced', 'x\uD800y', 'x\uFFFDy'],
    ['null as empty', null, ''],
    ['a number as empty', 5, ''],
    ['an object as empty', { text: 'a' }, ''],
    ['65,536 characters as they came', 'm'.repeat(65_536), 'm'.repeat(65_536)],
    [
      'one more cut, and said so',
      'm'.repeat(65_537),
      `${'m'.repeat(65_536)};exporter: cut here, MESSAGE had 65537 characters`,
    ],
    [
      'cut through a surrogate pair, well-formed',
      `${'m'.repeat(65_535)}🚀`,
      `${'m'.repeat(65_535)}\uFFFD;exporter: cut here, MESSAGE had 65537 characters`,
    ],
  ])('reads MESSAGE: %.40s', (_, given, message) => {
    expect(readRow({ MESSAGE: given })?.message).toBe(message);
  });
});
