import { describe, expect, it } from 'vitest';
import type { HealthMode } from '../../src/stand-in/health-mode.ts';
import type { StandInNode, StandInOptions } from '../../src/stand-in/stand-in-node.ts';
import { runMain, temporaryFile } from '../helpers/exporter-process.ts';
import { startStandIn } from '../helpers/stand-in.ts';

type Start = () => Promise<StandInNode>;

/** What is checked, the exit code, what the table says, and the same with Nagios' output. */
const CASES: readonly (readonly [string, Start, number, RegExp, number, RegExp])[] = [
  ['a healthy node', standIn(), 0, /^a: healthy, 8 processes\n/, 0, /^GENESIS OK - 8 processes on a \| '.* lmdb0'=1%;/],
  [
    'WARNING with 200',
    standIn(warn),
    0,
    /^a: healthy, 8 .* 1 of them tolerated/,
    1,
    /^GENESIS WARNING - a: .*ROUTER WARNING/,
  ],
  [
    'WARNING with 503',
    standIn(warn, { warningIs503: true }),
    1,
    /^a: not healthy: Genesis answered 503\n/,
    2,
    /^GENESIS CRITICAL - a: Genesis answered 503/,
  ],
  [
    'a process DOWN',
    standIn((node) => node.die('GENESIS_ROUTER')),
    1,
    /GENESIS_ROUTER +DOWN/,
    2,
    /^GENESIS CRITICAL .* GENESIS_ROUTER DOWN/,
  ],
  [
    'an unknown word',
    answering(200, '[{"PROCESS_NAME":"P","STATUS":"ODD"}]'),
    1,
    /P +ODD \(UNKNOWN\)/,
    3,
    /^GENESIS UNKNOWN - .*P ODD/,
  ],
  [
    'no processes',
    answering(200, '[]'),
    1,
    /there are no processes/,
    2,
    /^GENESIS CRITICAL - a: there are no processes/,
  ],
  [
    'a node that is gone',
    inMode({ kind: 'gone' }),
    3,
    /^a: no answer: .*ECONNREFUSED/,
    2,
    /^GENESIS CRITICAL - a: no answer/,
  ],
  [
    'a node that hangs',
    inMode({ kind: 'hang' }),
    3,
    /no complete answer within [\d.]+ s/,
    2,
    /^GENESIS CRITICAL - a: no answer/,
  ],
  ['garbage', inMode({ kind: 'garbage' }), 3, /^a: no answer: .*JSON/, 2, /^GENESIS CRITICAL - a: no answer/],
  ["somebody else's page", inMode({ kind: 'html' }), 3, /^a: no answer/, 2, /^GENESIS CRITICAL - a: no answer/],
  ['a 404', answering(404, ''), 3, /^a: no answer: .*answered 404/, 2, /^GENESIS CRITICAL - a: no answer/],
];

function standIn(change: (node: StandInNode) => unknown = () => {}, options: StandInOptions = {}): Start {
  return async () => {
    const node = await startStandIn(options);
    await change(node);
    return node;
  };
}

function warn(node: StandInNode): void {
  node.setStatus('GENESIS_ROUTER', 'WARNING');
}

function inMode(health: HealthMode): Start {
  return standIn((node) => node.setHealth(health));
}

function answering(statusCode: number, body: string): Start {
  return inMode({ kind: 'answer', statusCode, body });
}

describe('a check', () => {
  it.each(CASES)('of %s', async (_, start, code, table, nagiosCode, nagios) => {
    const node = await start();
    const yaml = `scrape_timeout: 4s\nnodes: [{name: a, health_url: "${node.healthUrl}"}]\n`;
    const file = `--config.file=${temporaryFile('genesis.yml', yaml)}`;
    const runs = ['table', 'nagios'].map((output) => runMain(['check', file, `--output=${output}`]));
    const [asTable, asNagios] = await Promise.all(runs);
    expect(asTable).toEqual({ code, stdout: expect.stringMatching(table), stderr: '' });
    expect(asNagios).toEqual({ code: nagiosCode, stdout: expect.stringMatching(nagios), stderr: '' });
    // The state is on the first line; Nagios shows the others, links to runbooks, with the details.
    expect(asNagios?.stdout).toMatch(/^[^\n]*\n(?:(?:Runbook for|What to do about) [^\n]+: https:[^\n]+\n)*$/);
  });

  it.each([
    [['ftp://user:secret@x/']],
    [['--no-such-flag']],
    [['--output=xml', '--output=nagios', '--log.level=loud']],
    [['--config.file=/nowhere/genesis.yml']],
    [['http://127.0.0.1:1/', '--config.file=x.yml']],
    [['--genesis.node-name= ']],
  ])('ends with 2, and with 3 for Nagios, when called with %j', async (args) => {
    const [plain, nagios] = await Promise.all([
      runMain(['check', ...args, '--output=json']),
      runMain(['check', ...args, '--output=nagios']),
    ]);
    expect(plain).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^\S.*\n$/) });
    expect(nagios).toMatchObject({ code: 3, stdout: expect.stringMatching(/^GENESIS UNKNOWN - .*\n$/), stderr: '' });
    for (const { stdout, stderr } of [plain, nagios]) expect(stdout + stderr).not.toContain('secret');
  });
});
