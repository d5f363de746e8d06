import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHealthBody } from '../../src/genesis/health-body.ts';

const OPTIONS = { statusAliases: new Map(), maxProcesses: 20 };

const text = fc.string({ unit: 'binary' });
const value = fc.oneof(text, fc.jsonValue(), fc.constantFrom('UP', 'down', '', 0, 8002, '8002', null));
const name = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('A', 'B', '__proto__', '') }, value);
const row = fc.record({ PROCESS_NAME: name, STATUS: value, MESSAGE: value, PORT: value }, { requiredKeys: [] });
const rows = fc.array(fc.oneof({ weight: 5, arbitrary: row }, fc.jsonValue()), { maxLength: 20 });

/** The name a row can be shown under: text that is not blank, made well-formed and printable. */
function nameOf(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || !('PROCESS_NAME' in given)) return undefined;
  const { PROCESS_NAME: known } = given;
  if (typeof known !== 'string' || known.trim() === '') return undefined;
  return known
    .trim()
    .toWellFormed()
    .replaceAll(/\p{Control}/gu, '\uFFFD');
}

function reportOf(given: readonly unknown[]) {
  const body = parseHealthBody(JSON.stringify(given), OPTIONS);
  if (body.kind === 'failure') throw new Error(body.detail);
  return body.report;
}

describe('parseHealthBody, whatever it is given', () => {
  it('never throws on text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.json(),
          text.map((inner) => `[${inner}]`),
        ),
        (body) => {
          expect(['report', 'failure']).toContain(parseHealthBody(body, OPTIONS).kind);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('accounts for every row: kept, rejected, or merged with another of its name', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { processes, rejectedRows } = reportOf(given);
        const names = given.map(nameOf).filter((known) => known !== undefined);
        expect(rejectedRows).toBe(given.length - names.length);
        expect(processes.map((process) => process.name)).toEqual([...new Set(names)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives reports that can be served: well-formed text, real ports, ratios from 0 to 1', () => {
    fc.assert(
      fc.property(rows, (given) => {
        for (const process of reportOf(given).processes) {
          expect(process.name.trim()).not.toBe('');
          expect(process.name).not.toMatch(/\p{Cc}/u);
          for (const shown of [process.name, process.status ?? '', process.message]) {
            expect(shown.isWellFormed()).toBe(true);
          }
          expect(process.port ?? 1).toSatisfy((port: number) => Number.isInteger(port) && port >= 1 && port <= 65535);
        }
      }),
      { numRuns: 500 },
    );
  });
});
