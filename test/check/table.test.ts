import { describe, expect, it } from 'vitest';
import { renderTable } from '../../src/check/table.ts';
import { parseLmdbMessage } from '../../src/genesis/lmdb-message.ts';
import { aNode, aReport, connected, declare, failed, good, good503 } from '../domain/builders.ts';
import { healthOffView, pendingView, sampleView } from '../helpers/example-views.ts';
import { viewAfter } from '../helpers/views.ts';
import { answered, checked, inStates, resultOf } from './results.ts';

const PLAIN = { columns: undefined, hasColours: false };
const LMDB =
  ';Lmdb currently uses 1% of available space (total size 2GB);Lmdb currently uses 96% of available space (total size 512MB)';

/** The lines of a table without those of its runbooks. */
function lines(text: string): readonly string[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .replace(/\n(?:Runbook for .*\n)+/, '')
    .slice(0, -1)
    .split('\n');
}

function troubled() {
  const declared = declare({ name: 'ROUTER', port: 9017 }, { name: 'MISSING', port: 9999 }, { name: 'OK', port: 9001 });
  const health = good503(
    1000,
    aReport('ROUTER', { port: 9017, message: 'all is well' }),
    aReport('STORES', {
      status: 'Warning',
      state: 'WARNING',
      port: undefined,
      message: LMDB,
      lmdb: parseLmdbMessage(LMDB),
    }),
    aReport('BOOTING', { status: 'RUNNING', state: 'STARTING', port: 8000 }),
    aReport('OK', { port: 9001 }),
  );
  const connects = new Map([
    ['ROUTER', connected(1000, 'refused', 9017)],
    ['MISSING', connected(1000, 'timeout', 9999)],
    ['OK', connected(1000, 'ok', 9001)],
  ]);
  return viewAfter(aNode({ declared }), [[1000, { health, connects }]], 2000);
}

describe('the table', () => {
  it('has a headline and a row for each process, its columns aligned', () => {
    expect(lines(renderTable(resultOf(troubled()), PLAIN))).toEqual([
      'trading-a: not healthy: Genesis answered 503',
      '',
      'PROCESS  STATUS              PORT  CONNECT  LMDB                          MESSAGE',
      'ROUTER   DOWN                9017  refused                                connect 10.0.0.5:9017 refused; all is well',
      `STORES   Warning                            96 % of 512 MB, fullest of 2  ${LMDB.slice(1)}`,
      'BOOTING  RUNNING (STARTING)  8000',
      'OK       UP                  9001  10.0 ms',
      "MISSING  DOWN                9999  timeout                                not in Genesis' answer, connect 10.0.0.5:9999 timeout",
    ]);
  });

  it('leaves out columns in which nothing stands', () => {
    const view = answered(good(1000, aReport('A', { port: undefined })));
    expect(lines(renderTable(resultOf(view), PLAIN))).toEqual([
      'trading-a: healthy, 1 process',
      '',
      'PROCESS  STATUS',
      'A        UP',
    ]);
  });

  it('names the node of each row, and adds up, when there are several', () => {
    const other = answered(failed(1000), { name: 'b', declared: declare({ name: 'X', port: 1 }) });
    expect(lines(renderTable(resultOf(inStates(['UP']), other), PLAIN))).toEqual([
      'trading-a: healthy, 1 process',
      'b: no answer: connect 10.0.0.5:4569 refused',
      '',
      'NODE       PROCESS  STATUS   PORT  MESSAGE',
      'trading-a  P0       UP       9000',
      'b          X        UNKNOWN  1     no answer of Genesis',
      '',
      '2 nodes: 1 healthy, 1 no answer',
    ]);
  });

  it.each([
    ['no answer', resultOf(answered(failed(1000))), ['trading-a: no answer: connect 10.0.0.5:4569 refused']],
    ['an empty answer', resultOf(inStates([])), ['trading-a: not healthy: there are no processes']],
    ['no nodes', resultOf(), ['0 nodes']],
    [
      'a source that could not be read',
      { ...resultOf(), unreadSources: ['http_sd/0'] },
      ['http_sd/0: could not be read', '', '0 nodes'],
    ],
  ])('says in words: %s', (_, result, expected) => {
    expect(lines(renderTable(result, PLAIN))).toEqual(expected);
  });

  it('says what was seen of a port that fails, and names the page that says what to do', () => {
    const detail = '10.0.0.5:9000 refuses connections: nothing listens there';
    const connects = new Map([['A', { ...connected(1000, 'refused'), detail, hint: 'connection-refused' as const }]]);
    const view = viewAfter(aNode(), [[1000, { health: good(1000, aReport('A')), connects }]], 2000);
    const text = renderTable({ ...resultOf(), nodes: [checked(view)] }, PLAIN);
    expect(text).toContain(detail);
    expect(text).toContain('What to do about A: https://wiki.example/troubleshooting.md#connection-refused');
  });

  it('names the runbook of each row that is not well', () => {
    const many = inStates(Array.from({ length: 7 }, () => 'ERROR' as const));
    expect(renderTable(resultOf(many), PLAIN)).toContain(
      '\n\nRunbook for P0, P1, P2, P3, P4 and 2 more: https://wiki.example/GenesisProcessDown.md\n',
    );
    const gone = answered(failed(1000), { name: 'b', declared: declare({ name: 'X', port: 1 }) });
    expect(renderTable(resultOf(gone, troubled()), PLAIN)).toContain(
      [
        '\nRunbook for b: https://wiki.example/GenesisNodeUnreachable.md',
        'Runbook for trading-a: https://wiki.example/GenesisNodeUnhealthy.md',
        'Runbook for ROUTER on trading-a: https://wiki.example/GenesisProcessNotListening.md',
        'Runbook for STORES on trading-a, BOOTING on trading-a: https://wiki.example/GenesisProcessUnhealthy.md',
        'Runbook for MISSING on trading-a: https://wiki.example/GenesisProcessMissing.md\n',
      ].join('\n'),
    );
    expect(renderTable(resultOf(sampleView()), PLAIN)).not.toContain('Runbook');
  });

  it.each([
    ['a tolerated WARNING', inStates(['UP', 'WARNING']), ': healthy, 2 processes, 1 of them tolerated since Genesis'],
    ['one bad process', inStates(['UP', 'DOWN', 'UP']), ': not healthy: 1 of 3 processes not healthy'],
    ['nothing yet', pendingView(), ': no answer: not probed'],
    ['connects alone', healthOffView(), ': not healthy: 1 of 2 processes not healthy'],
    ['the sample', sampleView(), ': healthy, 8 processes'],
  ])('has a headline for %s', (_, view, expected) => {
    expect(lines(renderTable(resultOf(view), PLAIN))[0]).toContain(expected);
  });

  it('says when it is not known what should run', () => {
    const result = { ...resultOf(), nodes: [checked(sampleView(), { isHomeRead: false })] };
    expect(renderTable(result, PLAIN)).toContain(
      'healthy, 8 processes, what should run is not known: the Genesis home',
    );
    expect(renderTable(resultOf(sampleView()), PLAIN)).not.toContain('home');
  });

  it('cuts messages alone to the width of a terminal, and to no less than can be read', () => {
    const view = answered(good(1000, aReport('A_LONG_NAME_OF_A_PROCESS', { message: '日本語'.repeat(20) })));
    const wide = lines(renderTable(resultOf(view), { columns: 60, hasColours: false }));
    expect(wide.at(-1)).toBe(`A_LONG_NAME_OF_A_PROCESS  UP      9000  ${'日本語'.repeat(3)}…`);
    const narrow = lines(renderTable(resultOf(view), { columns: 10, hasColours: false }));
    expect(narrow.at(-1)).toBe(`A_LONG_NAME_OF_A_PROCESS  UP      9000  ${'日本語'.repeat(3)}…`);
    expect(renderTable(resultOf(view), PLAIN)).toContain('日本語'.repeat(20));
  });

  it('aligns what is wide, and what is coloured', () => {
    const view = answered(good(1000, aReport('日本'), aReport('ABCDEFGH', { status: 'ERROR', state: 'ERROR' })));
    const coloured = lines(renderTable(resultOf(view), { columns: 80, hasColours: true }));
    expect(coloured.slice(3)).toEqual([
      '日本      \u001b[32mUP\u001b[0m      9000',
      'ABCDEFGH  \u001b[31mERROR\u001b[0m   9000',
    ]);
    expect(coloured[0]).toBe('trading-a: \u001b[31mnot healthy\u001b[0m: 1 of 2 processes not healthy');
    expect(renderTable(resultOf(view), PLAIN)).not.toContain('\u001b');
  });

  it.each([
    ['green', 'UP', 32],
    ['yellow', 'WARNING', 33],
    ['yellow', 'STARTING', 33],
    ['red', 'UNKNOWN', 31],
    ['red', 'DOWN', 31],
  ] as const)('is %s for %s', (_, state, code) => {
    const text = renderTable(resultOf(inStates([state])), { columns: 80, hasColours: true });
    expect(text).toContain(`\u001b[${code}m${state}\u001b[0m`);
  });

  it('obeys nothing that others wrote', () => {
    const evil = '\u001b[2J\u001b]0;x\u0007\u009b31m\r\n\u202e';
    const health = good(1000, aReport(`N${evil}`, { status: `S${evil}`, state: 'UNKNOWN', message: `M${evil}` }));
    const text = renderTable(resultOf(answered(health, { name: `A${evil}` })), PLAIN);
    expect(text).toMatch(/^(?:\n|[^\p{Cc}\p{Cf}])*$/u);
    expect(lines(text)).toHaveLength(4);
  });
});
