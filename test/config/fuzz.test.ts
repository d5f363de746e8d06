import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { fixture } from './parsed.ts';

const SEEDS = ['good/full.yml', 'good/merged.yml', 'bad/alias-bomb.yml', 'bad/bad-headers.yml'].map(fixture);

const PIECES = ['\n', ' ', '  ', '- ', ': ', '{', '}', '[', ']', '"', "'", '&a ', '*a', '<<: ', '!t ', '|\n', '#', ','];
const VALUES = ['~', '', '012', '1e999', '-1', '.nan', 'true', '[]', '{}', '""', '"\\0"', '__proto__', 'constructor'];

function expectLines(text: string): void {
  const parsed = parseConfig(text, { file: 'g.yml', resolveFile: (path) => path });
  if (parsed.kind === 'config') {
    const { nodes, fileSd, httpSd, probe } = parsed.config;
    expect([...nodes, ...fileSd, ...httpSd, ...probe.allowedTargets].length).toBeGreaterThan(0);
    return;
  }
  expect(parsed.problems.length).toBeGreaterThan(0);
  for (const problem of parsed.problems) expect(problem).toMatch(/^g\.yml:[1-9]\d*:[1-9]\d*: [^\n\r]+$/);
}

describe('whatever the text, it is a configuration or lines of problems', { timeout: 30_000 }, () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), expectLines), { numRuns: 200 });
  });

  it('of YAML signs', () => {
    const text = fc.array(fc.constantFrom(...PIECES, ...VALUES, 'nodes', 'name'), { maxLength: 40 });
    fc.assert(
      fc.property(text, (pieces) => expectLines(pieces.join(''))),
      { numRuns: 400 },
    );
  });

  it('of a file with a piece put in or cut out', () => {
    const mutation = fc.record({
      seed: fc.constantFrom(...SEEDS),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat({ max: 20 }),
      piece: fc.constantFrom('', ...PIECES, ...VALUES),
    });
    fc.assert(
      fc.property(mutation, ({ seed, at, cut, piece }) => {
        const start = Math.floor(at * seed.length);
        expectLines(seed.slice(0, start) + piece + seed.slice(start + cut));
      }),
      { numRuns: 200 },
    );
  });

  it('of any JSON under the keys of a file', () => {
    const keys = fc.constantFrom(
      'nodes',
      'modules',
      'name',
      'address',
      'labels',
      'health',
      'default',
      'tls_config',
      'file_sd_configs',
      'http_sd_configs',
      'dns_sd_configs',
      'files',
      'url',
      'probe',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(keys, value, { maxKeys: 3 }), (document) => expectLines(JSON.stringify(document))),
      { numRuns: 200 },
    );
  });

  it.each([
    ['['.repeat(100_000)],
    ['- '.repeat(100_000)],
    ['? '.repeat(100_000)],
    ['{a: '.repeat(50_000)],
    ['&a '.repeat(10_000)],
    ['\ufeff'],
    ['\u0000'],
    ['%YAML 1.1\n---\nnodes: yes\n'],
    ['%FOO\n'],
    ['nodes: &n {a: *n}'],
    ['<<: {nodes: []}'],
    ['? [a]\n: b'],
    ['nodes: [{<<: [1]}]'],
  ])('of a strange text (%#)', (text) => {
    expectLines(text);
  });
});
