import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHomeTexts } from '../../src/genesis/home.ts';

const HOME = new URL('../fixtures/genesis-home/installed/', import.meta.url);
const PROCESSES = readFileSync(new URL('generated/cfg/processes.xml', HOME), 'utf8');
const SERVICES = readFileSync(new URL('generated/cfg/global-service-definitions.xml', HOME), 'utf8');
const DEFINITION = readFileSync(new URL('site-specific/cfg/genesis-system-definition.kts', HOME), 'utf8');

const SURROUNDINGS = { env: new Map(), hostName: 'uat-2.example' };
/** Long enough that what takes quadratic time takes minutes. */
const LENGTH = 100_000;
const MAX_MS = 4000;

const scrap = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '&',
    '&x;',
    '<!DOCTYPE a [<!ENTITY x "y">]>',
  ),
  fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '"""',
    '${',
    '/*',
    '*/',
    '//',
    '\\',
    '`',
    'item(',
    'host(',
    'system(',
    '\n',
    '\0',
    '\uFEFF',
  ),
);

/** A file of which stretches are cut out, doubled or replaced. */
function mutated(text: string): fc.Arbitrary<string> {
  const place = fc.nat(text.length);
  const change = fc.record({ start: place, length: fc.nat(60), scrap, copies: fc.nat(3) });
  return fc.array(change, { maxLength: 2 }).map((changes) =>
    changes.reduce((now, { start, length, scrap: inserted, copies }) => {
      const cut = now.slice(start, start + length);
      return now.slice(0, start) + inserted + cut.repeat(copies) + now.slice(start + length);
    }, text),
  );
}

function read(processes: string, services: string, definition: string) {
  const texts = {
    processes: [{ path: 'p.xml', text: processes }],
    services: [{ path: 's.xml', text: services }],
    systemDefinition: { path: 'd.kts', text: definition },
  };
  return readHomeTexts(texts, SURROUNDINGS);
}

describe('readHomeTexts, whatever it is given', () => {
  it('never throws on mutated files, and either reads them or names a place', () => {
    const readings = { good: 0, bad: 0 };
    fc.assert(
      fc.property(mutated(PROCESSES), mutated(SERVICES), mutated(DEFINITION), (processes, services, definition) => {
        const { isSuccessful, problems, processes: declared, healthPort } = read(processes, services, definition);
        readings[isSuccessful ? 'good' : 'bad']++;
        expect(isSuccessful || problems.length > 0).toBe(true);
        for (const problem of problems) expect(problem).toMatch(/^[psd]\.\w+:[1-9]\d*:[1-9]\d*: ./);
        expect(new Set(declared.map(({ name }) => name)).size).toBe(declared.length);
        for (const port of [healthPort, ...declared.map((process) => process.port)]) {
          expect(port ?? 1).toSatisfy((number: number) => Number.isInteger(number) && number >= 1 && number <= 65535);
        }
      }),
      { numRuns: 400 },
    );
    expect(Math.min(readings.good, readings.bad)).toBeGreaterThan(20);
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(scrap), (text, scraps) => {
        expect(read(text, scraps.join(''), scraps.join(' ')).processes).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['open tags', '<a>'],
    ['open comments', '<a><!--'],
    ['closed comments', '<!---->'],
    ['processing instructions', '<?'],
    ['quotes', '<a b="\''],
    ['attributes', ' b="c"'],
    ['many processes', '<process name="a"/>'],
    ['character data', '<![CDATA[]]>'],
    ['entities', '&amp;'],
    ['blocks', 'systemDefinition{systems{system("a"){hosts{host(A){'],
    ['closed blocks', 'x{}'],
    ['nested comments', '/*'],
    ['comments in turn', '/**/'],
    ['line comments', '//'],
    ['open strings', '"${'],
    ['raw strings', '"""'],
    ['escapes', '"\\'],
    ['long names', 'a'],
    ['digits', '1'],
    ['apostrophes', "'"],
    ['backticks', '`'],
    ['calls', 'item('],
    ['arguments', 'item("a",'],
    ['blanks', ' '],
  ])('is not held up by %s', (_, piece) => {
    const text = piece.repeat(LENGTH / piece.length);
    const startedMs = performance.now();
    for (const hostile of [text, `<processes>${text}</processes>`, `<a ${text}/>`, `systemDefinition { ${text} }`]) {
      expect(read(hostile, hostile, hostile).processes.length).toBeLessThan(2);
    }
    expect(performance.now() - startedMs).toBeLessThan(MAX_MS);
  });

  it('is not held up by systems and hosts that may all be meant', () => {
    const items = Array.from({ length: 10_000 }, (_, index) => `item("I${index}", "1") `).join('');
    const hosts = 'host(ME) '.repeat(10_000);
    const startedMs = performance.now();
    const reading = read(
      '<processes/>',
      '',
      `systemDefinition { systems { system("A") { hosts { ${hosts} } ${items} } } }`,
    );
    expect(reading.isSuccessful).toBe(true);
    expect(performance.now() - startedMs).toBeLessThan(MAX_MS);
  });
});
