import { describe, expect, it } from 'vitest';
import { readJsonTargets, readYamlTargets, type TargetsText } from '../../src/discovery/targets.ts';

/** The targets that were read, each with its labels as an object. */
function plain(found: TargetsText) {
  if (found.kind === 'problems') return found.problems;
  return found.targets.map(({ address, labels }) => ({ address, ...Object.fromEntries(labels) }));
}

const TWO_GROUPS = [{ address: 'a:1', site: 'london' }, { address: 'b:1', site: 'london' }, { address: 'c:1' }];

describe('targets in JSON', () => {
  it.each<[string, unknown]>([
    ['[]', []],
    [' [\n]\n', []],
    ['[{"targets":["a:1","b:1"],"labels":{"site":"london"}},{"targets":["c:1"]}]', TWO_GROUPS],
    ['[{"labels":{"site":"london"}},{"targets":[]},{}]', []],
    ['[{"targets":["a:1"],"labels":{"__proto__":"x","constructor":"y"}}]', [{ address: 'a:1', constructor: 'y' }]],
  ])('are read from %s', (text, targets) => {
    expect(plain(readJsonTargets(text))).toEqual(targets);
  });

  it.each([
    ['', 'not valid JSON'],
    ['[', 'not valid JSON'],
    ['[{"targets":["a:1"]},]', 'not valid JSON'],
    ['- targets: [a]', 'not valid JSON'],
    ['null', 'expected a list, got null'],
    ['{"targets":["a:1"]}', 'expected a list, got a mapping'],
    ['[null]', '[0]: expected a mapping, got null'],
    ['[["a:1"]]', '[0]: expected a mapping, got a list'],
    ['[{"targets":"a:1"}]', '[0].targets: expected a list, got "a:1"'],
    ['[{"targets":[1]}]', '[0].targets[0]: expected text, got 1'],
    ['[{"target":["a:1"]}]', '[0].target: unknown key; did you mean targets?'],
    ['[{"targets":["a:1"],"labels":{"tier":1}}]', '[0].labels.tier: expected text, got 1'],
    ['[{"targets":["a:1"],"labels":{"site":null}}]', '[0].labels.site: expected text, got null'],
    ['[{"targets":null}]', '[0].targets: expected a list, got null'],
  ])('are refused as %s', (text, problem) => {
    expect(readJsonTargets(text)).toMatchObject({ kind: 'problems', problems: [problem] });
  });
});

describe('targets in YAML', () => {
  it.each<[string, unknown]>([
    ['[]', []],
    ['- targets: [a:1, "b:1"]\n  labels: {site: london}\n- targets:\n  - c:1\n', TWO_GROUPS],
    ['[{"targets":["a:1","b:1"],"labels":{"site":"london"}},{"targets":["c:1"]}]', TWO_GROUPS],
    [
      '- {targets: [a:1], labels: {a: 1, b: yes, c: 012, d: 1e3, e: ~}}',
      [{ address: 'a:1', a: '1', b: 'yes', c: '012', d: '1e3', e: '~' }],
    ],
    [
      '- &g {targets: [a:1], labels: {x: y}}\n- {<<: *g, targets: [b:1]}',
      [
        { address: 'a:1', x: 'y' },
        { address: 'b:1', x: 'y' },
      ],
    ],
  ])('are read from %j', (text, targets) => {
    expect(plain(readYamlTargets(text))).toEqual(targets);
  });

  it.each<[string, readonly string[]]>([
    ['', ['1:1: expected a list, got null']],
    ['# nothing\n', [expect.stringMatching(/^\d+:\d+: expected a list, got /)]],
    ['targets: [a:1]', ['1:1: expected a list, got a mapping']],
    [
      '- targets: [a:1]\n  colour: red\n- targets: a:1\n',
      ['2:3: [0].colour: unknown key', '3:12: [1].targets: expected a list, got "a:1"'],
    ],
    ['- targets: [[a:1]]', ['1:13: [0].targets[0]: expected text, got a list']],
    ['- {targets: [a:1], targets: [b:1]}', ['1:20: [0].targets: duplicate key']],
    ['- targets: [a:1', [expect.stringMatching(/^1:\d+: /)]],
    ['- *a', ['1:3: [0]: expected an anchor (&) before the alias (*) that names it']],
    ['- !x {targets: [a:1]}', ['1:3: unknown tag']],
    ['[]\n---\n[]', ['2:1: expected one document, got several (---)']],
  ])('are refused as %j', (text, problems) => {
    expect(readYamlTargets(text)).toEqual({ kind: 'problems', problems });
  });

  it('are refused when they are nested without end or stand for too much', () => {
    const deep = readYamlTargets('['.repeat(100_000));
    expect(deep).toEqual({ kind: 'problems', problems: ['1:65: nested too deeply'] });
    const doubled = Array.from({ length: 20 }, (_, index) => `- &a${index + 1} [*a${index}, *a${index}]`);
    const bomb = readYamlTargets(`- &a0 [x]\n${doubled.join('\n')}\n`);
    expect(bomb).toEqual({ kind: 'problems', problems: ['1:1: the aliases (*) stand for too much'] });
  });
});
