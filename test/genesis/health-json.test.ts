import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordUpdate } from '../../src/domain/record.ts';
import { emptySnapshot } from '../../src/domain/snapshot.ts';
import { type ProcessView, viewNode } from '../../src/domain/view.ts';
import { parseHealthBody } from '../../src/genesis/health-body.ts';
import { formatHealthRows } from '../../src/genesis/health-json.ts';
import { aNode, timing } from '../domain/builders.ts';

const SAMPLE = readFileSync(new URL('../fixtures/health-status-sample.json', import.meta.url), 'utf8');

/** The processes that the loop would show of a node that answered this body. */
function processesOf(body: string): readonly ProcessView[] {
  const parsed = parseHealthBody(body, { statusAliases: new Map(), maxProcesses: 1000 });
  if (parsed.kind === 'failure') throw new Error(parsed.detail);
  const health = { kind: 'good', statusCode: 200, report: parsed.report, timing: timing(0) } as const;
  const { snapshot } = recordUpdate(emptySnapshot(aNode()), { health }, { monotonicMs: 0, wallMs: 0 });
  return viewNode(snapshot, 0).processes;
}

function served(body: string): string {
  return `[${formatHealthRows(processesOf(body))}]`;
}

describe('formatHealthRows', () => {
  it("serves the platform's own sample again, byte for byte but for its blanks", () => {
    expect(served(SAMPLE)).toBe(JSON.stringify(JSON.parse(SAMPLE)));
  });

  it.each([
    ['no row', '[]', '[]'],
    [
      'rows in another order of keys, with more of them and a port as text',
      '[{"PORT":"8002","HOST":"h","MESSAGE":null,"STATUS":"up","PROCESS_NAME":"A"}]',
      '[{"PROCESS_NAME":"A","STATUS":"up","MESSAGE":"","PORT":8002}]',
    ],
    [
      'a row of a name alone',
      '[{"PROCESS_NAME":"A"}]',
      '[{"PROCESS_NAME":"A","STATUS":"UNKNOWN","MESSAGE":";exporter: the row has no STATUS word","PORT":0}]',
    ],
    [
      'names and texts that need care',
      String.raw`[{"PROCESS_NAME":"\"\\","STATUS":"UP","MESSAGE":"</script>\n","PORT":1}]`,
      String.raw`[{"PROCESS_NAME":"\"\\","STATUS":"UP","MESSAGE":"</script>\n","PORT":1}]`,
    ],
  ])('serves %s', (_, body, json) => {
    expect(served(body)).toBe(json);
  });

  it('adds the node behind the rest where it is given', () => {
    const processes = processesOf('[{"PROCESS_NAME":"A","STATUS":"UP","PORT":1}]');
    expect(formatHealthRows(processes, 'trading-a')).toBe(
      '{"PROCESS_NAME":"A","STATUS":"UP","MESSAGE":"","PORT":1,"NODE":"trading-a"}',
    );
  });
});
