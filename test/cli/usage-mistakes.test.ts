import { expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/options.ts';

it.each([
  [['--listen=:1'], "unknown option '--listen'; did you mean --web.listen-address?"],
  [['--web.listen-adress', ':1'], "unknown option '--web.listen-adress'; did you mean --web.listen-address?"],
  [['--log.levle=x'], "unknown option '--log.levle'; did you mean --log.level?"],
  [['--nonsense'], "unknown option '--nonsense'"],
  [['check', '--ouput=json'], "unknown option '--ouput'; did you mean --output?"],
  [['chek'], "unknown command 'chek'; did you mean check?"],
  [['serve'], "unknown command 'serve'; there are check, rules, history, demo"],
  [['check', 'http://a/', 'http://b/'], "too many arguments for 'check'. Expected 1 argument but got 2."],
])('says of %j %s', (args, problem) => {
  expect(() => parseCommandLine(args, {}, '1.2.3')).toThrow(new UsageError(problem));
});

it('warns of variables that look like its own, with the nearest that is, and not of those that Kubernetes sets', () => {
  const env = {
    GENESIS_EXPORTER_LISTEN: ':1',
    GENESIS_EXPORTER_LOG_LEVLE: 'info',
    GENESIS_EXPORTER_SOMETHING_ELSE: '1',
    GENESIS_EXPORTER_SERVICE_HOST: '10.0.0.1',
    GENESIS_EXPORTER_SERVICE_PORT_HTTP: '1',
    GENESIS_EXPORTER_PORT: 'tcp://10.0.0.1:1',
    GENESIS_EXPORTER_PORT_14569_TCP_ADDR: '10.0.0.1',
    GENESIS_EXPORTER_BLUE_SERVICE_HOST: '10.0.0.1',
    GENESIS_EXPORTER_REVISION: 'abc',
    GENESIS_EXPORTER_LOG_LEVEL: 'info',
    GENESIS_EXPORTER_OUTPUT: 'json',
    OTHER: '1',
  };
  const task = parseCommandLine([], env, '1.2.3');
  expect(task.kind === 'serve' && task.options.warnings).toEqual([
    'the environment variable GENESIS_EXPORTER_LISTEN has no effect; did you mean GENESIS_EXPORTER_WEB_LISTEN_ADDRESS?',
    'the environment variable GENESIS_EXPORTER_LOG_LEVLE has no effect; did you mean GENESIS_EXPORTER_LOG_LEVEL?',
    'the environment variable GENESIS_EXPORTER_SOMETHING_ELSE has no effect',
  ]);
});
