import { describe, expect, it } from 'vitest';
import { atLeast, atMost, type Finding, isMet } from '../../bench/finding.ts';
import { isEnough, parseOptions } from '../../bench/options.ts';
import { renderTable, withResult } from '../../bench/report.ts';
import { inTurn, median, ratios } from '../../bench/stats.ts';

function finding(changes: Partial<Finding>): Finding {
  return { what: 'a by b', rounds: [1, 2, 9], unit: '', target: undefined, ...changes };
}

/** A file of results after one more, of the suite that its date begins with. */
function reported(file: string, date: string, method = 'As ever.'): string {
  const [name = ''] = date.split(' ');
  return withResult(file, { name, method, date, lines: ['this machine'], findings: [finding({})] });
}

function headsOf(file: string): readonly string[] {
  return file.split('\n').filter((line) => line.startsWith('#'));
}

describe('a median', () => {
  it('is the number in the middle, of an even number the mean of two, and of nothing an error', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('nothing was measured');
  });
});

describe('ratios', () => {
  it('are taken round by round, and only of as many rounds', () => {
    expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
    expect(() => ratios([1], [1, 2])).toThrow('as many rounds');
  });

  it('are those of candidates whose order alternates', () => {
    expect([0, 1, 2].map((round) => inTurn(['a', 'b'], round).join(''))).toEqual(['ab', 'ba', 'ab']);
  });
});

describe('a target', () => {
  it('is met by the median, the bound itself included', () => {
    expect(isMet(finding({ target: atLeast(2) }))).toBe(true);
    expect(isMet(finding({ target: atLeast(2.1) }))).toBe(false);
    expect(isMet(finding({ target: atMost(2) }))).toBe(true);
    expect(isMet(finding({ target: atMost(1.9) }))).toBe(false);
    expect(isMet(finding({}))).toBeUndefined();
  });
});

describe('the report', () => {
  it('says of each finding what it is, how far it varied, what was wanted and whether it was met', () => {
    const table = renderTable([finding({ unit: 'ms', target: atMost(1) }), finding({ rounds: [123.4] })]);
    expect(table.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '| what | median | lowest to highest | wanted | |',
      expect.stringMatching(/^[| -]+$/),
      '| a by b | 2.00 ms | 1.00 ms to 9.00 ms | at most 1.00 ms | **missed** |',
      '| a by b | 123 | 123 to 123 | | |',
      '',
    ]);
  });

  it('keeps of each suite the latest result and the one before it', () => {
    const file = ['serve 1', 'start 1', 'serve 2', 'serve 3'].reduce((before, date) => reported(before, date), '');
    expect(headsOf(file)).toEqual([
      '# Results of the bench',
      '## serve',
      '### serve 3',
      '### serve 2',
      '## start',
      '### start 1',
    ]);
  });

  it('does not keep what was measured in another way', () => {
    const file = reported(reported('', 'serve 1'), 'serve 2', 'Anew.');
    expect(headsOf(file)).toEqual(['# Results of the bench', '## serve', '### serve 2']);
    expect(file).toContain('## serve\n\nAnew.\n\n### serve 2\n\nthis machine.\n\n| what ');
  });
});

describe('the flags of the bench', () => {
  it('are rounds, suites, an older commit and help', () => {
    expect(parseOptions([], ['serve'])).toEqual({ rounds: 5, only: [], help: false });
    expect(parseOptions(['--rounds=7', '--only', 'serve', '--baseline=old', '--help'], ['serve'])).toEqual({
      rounds: 7,
      only: ['serve'],
      help: true,
      baseline: 'old',
    });
  });

  it('are refused with a sentence', () => {
    expect(() => parseOptions(['--rounds=none'], [])).toThrow('--rounds: expected a number from 1, got "none"');
    expect(() => parseOptions(['--only=x'], ['serve', 'start'])).toThrow('expected one of serve, start, got "x"');
    expect(() => parseOptions(['--no'], [])).toThrow("Unknown option '--no'");
  });

  it('let only enough rounds be kept', () => {
    expect(isEnough({ rounds: 5, only: [], help: false, baseline: undefined })).toBe(true);
    expect(isEnough({ rounds: 4, only: [], help: false, baseline: undefined })).toBe(false);
  });
});
