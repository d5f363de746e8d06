import { describe, expect, it } from 'vitest';
import { asksForNagios } from '../../src/cli/check-command.ts';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/options.ts';

const URL_GIVEN = 'http://10.0.0.5:4569/health/status';
const NOTHING = {
  configFile: undefined,
  healthUrl: undefined,
  home: undefined,
  nodeName: undefined,
  cluster: undefined,
};
const RUNBOOKS = 'https://github.com/genesis-exporter/genesis-exporter/blob/main/docs/runbooks/';
const DEFAULTS = { ...NOTHING, output: 'table', runbooks: RUNBOOKS, log: { level: 'warn', format: 'json' } };

function parse(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return parseCommandLine(['check', ...args], env, '1.2.3');
}

describe('the command line of a check', () => {
  it.each([
    [[], {}, {}],
    [[URL_GIVEN], {}, { healthUrl: URL_GIVEN }],
    [[URL_GIVEN, '--genesis.node-name=a'], {}, { healthUrl: URL_GIVEN, nodeName: 'a' }],
    [['--output', 'json', '--log.level=debug'], {}, { output: 'json', log: { level: 'debug', format: 'json' } }],
    [['--config.file=x.yml'], {}, { configFile: 'x.yml' }],
    [
      [],
      { GENESIS_EXPORTER_CONFIG_FILE: 'x.yml', GENESIS_EXPORTER_OUTPUT: 'nagios' },
      { configFile: 'x.yml', output: 'nagios' },
    ],
    [['--web.runbook-url=https://wiki/r'], {}, { runbooks: 'https://wiki/r/' }],
    [['--web.runbook-url=https://wiki/?page='], {}, { runbooks: 'https://wiki/?page=' }],
    [[], { GENESIS_EXPORTER_WEB_RUNBOOK_URL: 'http://wiki/' }, { runbooks: 'http://wiki/' }],
    [['--output=table'], { GENESIS_EXPORTER_OUTPUT: 'nagios' }, {}],
    [[], { GENESIS_EXPORTER_WEB_LISTEN_ADDRESS: 'nonsense' }, {}],
    [
      [URL_GIVEN],
      {
        GENESIS_EXPORTER_CONFIG_FILE: 'x.yml',
        GENESIS_EXPORTER_GENESIS_HOME: '/home',
        GENESIS_EXPORTER_OUTPUT: 'json',
      },
      { healthUrl: URL_GIVEN, output: 'json' },
    ],
  ])('of %j with %j', (args, env, expected) => {
    expect(parse(args, env)).toEqual({ kind: 'check', options: { ...DEFAULTS, ...expected } });
  });

  it.each([
    [['ftp://x'], {}],
    [['10.0.0.5:4569'], {}],
    [[''], {}],
    [['http://user:pass word@x/'], {}],
    [[URL_GIVEN, URL_GIVEN], {}],
    [[URL_GIVEN, '--config.file=x.yml'], {}],
    [[URL_GIVEN, `--genesis.health-url=${URL_GIVEN}`], {}],
    [['--config.file=x.yml', '--genesis.home=/home'], {}],
    [['--output=xml'], {}],
    [['--web.runbook-url=javascript:alert(1)'], {}],
    [['--web.runbook-url=https://wiki/ x'], {}],
    [['--web.runbook-url='], {}],
    [['--web.listen-address=:1'], {}],
    [[], { GENESIS_EXPORTER_OUTPUT: 'xml' }],
  ])('is refused: %j with %j', (args, env) => {
    expect(() => parse(args, env)).toThrow(UsageError);
  });

  it('never repeats a URL, in which there may be a password', () => {
    expect(() => parse(['ftp://user:secret@x'])).toThrow(/^(?!.*secret)/);
  });

  it('tells its exit codes', () => {
    expect(parse(['--help'])).toMatchObject({
      kind: 'print',
      text: expect.stringMatching(/Exit codes:[\s\S]*CRITICAL/),
    });
  });
});

describe("a wish for Nagios' output", () => {
  it.each([
    [['check', '--output=nagios'], {}, true],
    [['check', '--output', 'nagios', '--nonsense'], {}, true],
    [['--log.level=debug', 'check', '--output=nagios'], {}, true],
    [['check'], { GENESIS_EXPORTER_OUTPUT: 'nagios' }, true],
    [['check', '--output=nagios', '--output=json'], {}, false],
    [['check', '--output=table'], { GENESIS_EXPORTER_OUTPUT: 'nagios' }, false],
    [['check', '--output'], {}, false],
    [['check'], {}, false],
    [['--output=nagios'], {}, false],
    [[], { GENESIS_EXPORTER_OUTPUT: 'nagios' }, false],
  ])('%j with %j', (args, env, expected) => {
    expect(asksForNagios(args, env)).toBe(expected);
  });
});
