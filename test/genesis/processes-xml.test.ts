import { describe, expect, it } from 'vitest';
import { parseProcessesXml } from '../../src/genesis/processes-xml.ts';
import { MAX_PROBLEMS } from '../../src/genesis/text-problem.ts';

const DEFAULTS = { group: '', start: true, primaryOnly: false };

function parsed(text: string) {
  const result = parseProcessesXml(text);
  if (result.kind === 'malformed') throw new Error(result.problem.message);
  const problems = result.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  return { processes: [...result.value], problems };
}

function onlyProcess(inner: string) {
  return parsed(`<processes><process name="A">${inner}</process></processes>`);
}

describe('parseProcessesXml', () => {
  it.each([
    ['nothing', '', DEFAULTS],
    ['a group', '<groupId> AUTH </groupId>', { ...DEFAULTS, group: 'AUTH' }],
    ['start false', '<start>false</start>', { ...DEFAULTS, start: false }],
    ['start in capitals', '<start> FALSE\n</start>', { ...DEFAULTS, start: false }],
    ['an empty start', '<start/>', DEFAULTS],
    ['a primary-only process', '<primaryOnly>true</primaryOnly>', { ...DEFAULTS, primaryOnly: true }],
    ['an element twice: the first', '<start>false</start><start>true</start>', { ...DEFAULTS, start: false }],
    ['a commented element', '<!-- <start>false</start> -->', DEFAULTS],
    ['elements it does not know', '<module>x</module><strange a="b"><start>false</start></strange>', DEFAULTS],
  ])('reads %s', (_, inner, expected) => {
    expect(onlyProcess(inner)).toEqual({ processes: [['A', expected]], problems: [] });
  });

  it.each(['', '<!-- all of it -->', '<processes/>', '<configuration><!-- <process name="A"/> --></configuration>'])(
    'declares nothing in %j',
    (text) => {
      expect(parsed(text)).toEqual({ processes: [], problems: [] });
    },
  );

  it('reads processes under either root and deeper, in their order, the first of a name', () => {
    const text = `<configuration><process name="B"/><processes><process name="A"><groupId>1</groupId></process></processes>
      <process name="A"><groupId>2</groupId></process></configuration>`;
    expect(parsed(text).processes).toEqual([
      ['B', DEFAULTS],
      ['A', { ...DEFAULTS, group: '1' }],
    ]);
  });

  it('takes names that are keys of every object', () => {
    const text = '<processes><process name="__proto__"/><process name="constructor"/></processes>';
    expect(parsed(text).processes.map(([name]) => name)).toEqual(['__proto__', 'constructor']);
  });

  it('passes over what it cannot use, and says where', () => {
    const text = [
      '<processes>',
      '  <process/>',
      '  <process name=" "/>',
      '  <process name="a&#10;"/>',
      `  <process name="${'x'.repeat(257)}"/>`,
      '  <process name="a\u0007"/>',
      '  <process name="A"><start>yes</start><primaryOnly>1</primaryOnly></process>',
      '</processes>',
    ].join('\n');
    expect(parsed(text)).toEqual({
      processes: [
        ['a&#10;', DEFAULTS],
        ['A', DEFAULTS],
      ],
      problems: [
        '2:3: expected a name for <process>, got none',
        '3:3: expected a name for <process>, got ""',
        `5:3: expected a name for <process>, got "${'x'.repeat(100)}..."`,
        '6:3: expected a name for <process>, got "a\\u0007"',
        '7:3: expected true or false for <start> of A, got "yes"',
        '7:3: expected true or false for <primaryOnly> of A, got "1"',
      ],
    });
  });

  it('names only so many problems', () => {
    expect(parsed(`<processes>${'<process/>'.repeat(100)}</processes>`).problems).toHaveLength(MAX_PROBLEMS);
  });

  it.each([
    ['<html/>', '1:1: expected <processes> or <configuration>, got <html>'],
    ['<!-- -->\n <Processes/>', '2:2: expected <processes> or <configuration>, got <Processes>'],
    ['<processes>', "1:1: not XML: Unclosed tag 'processes'."],
  ])('refuses %j', (text, expected) => {
    const result = parseProcessesXml(text);
    const { line, column, message } = result.kind === 'malformed' ? result.problem : expect.unreachable();
    expect(`${line}:${column}: ${message}`).toBe(expected);
  });
});
