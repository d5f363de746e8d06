import { describe, expect, it } from 'vitest';
import { readHealthAnswer, readMetricsAnswer, readSamples } from '../../bench/soak/answer.ts';
import { createHistory } from '../../bench/soak/history.ts';
import { HELP, parseOptions } from '../../bench/soak/options.ts';
import { createRandom } from '../../bench/soak/random.ts';
import { soakConfig } from '../../bench/soak/soak-config.ts';
import { parseConfig } from '../../src/config/parse.ts';

describe('the flags', () => {
  it('have defaults', () => {
    expect(parseOptions([], 7)).toEqual({ minutes: 30, nodes: 10, seed: 7, kill: false, help: false });
    expect(parseOptions(['--minutes', '0.5', '--nodes=4', '--seed=1', '--kill'], 7)).toEqual({
      minutes: 0.5,
      nodes: 4,
      seed: 1,
      kill: true,
      help: false,
    });
  });

  it('are all in the help, and no other, with their defaults and bounds', () => {
    expect(parseOptions(['--help'], 7).help).toBe(true);
    const flags = [...HELP.matchAll(/^ {2}(--\w+)/gm)].map(([, flag = '']) => flag);
    const names = Object.keys(parseOptions([], 7));
    expect(flags.toSorted()).toEqual(names.map((name) => `--${name}`).toSorted());
    for (const flag of flags) {
      const takesNumber = HELP.includes(`  ${flag} N`);
      expect(() => parseOptions(takesNumber ? [flag, '5'] : [flag], 7), flag).not.toThrow();
      expect(HELP.split('\n', 1)[0] + (flag === '--help' ? flag : '')).toContain(flag);
    }
    for (const [, flag = '', min, max, fallback] of HELP.matchAll(/^ {2}--(\w+) N .*, ([\d.]+) to (\d+); (\d+)?/gm)) {
      expect(parseOptions([`--${flag}=${min}`], 7)).toHaveProperty(flag, Number(min));
      expect(parseOptions([`--${flag}=${max}`], 7)).toHaveProperty(flag, Number(max));
      expect(() => parseOptions([`--${flag}=${Number(max) + 1}`], 7)).toThrow(`to ${max}`);
      expect(parseOptions([], 7)).toHaveProperty(flag, Number(fallback ?? 7));
    }
  });

  it.each([
    [['--minutes', '0']],
    [['--minutes=']],
    [['--nodes=3']],
    [['--nodes=201']],
    [['--seed=x']],
    [['--seed=1e99']],
    [['--colour']],
    [['5']],
  ])('refuses %s', (args) => {
    expect(() => parseOptions(args, 7)).toThrow();
  });
});

describe('chance', () => {
  const draw = (seed: number, name: string) => {
    const random = createRandom(seed, name);
    return Array.from({ length: 1000 }, () => random.between(2, 4));
  };

  it('is the same for the same seed and name, and another for others', () => {
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });

  it('stays in its bounds and fills them', () => {
    const numbers = draw(1, 'a');
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(2);
    expect(Math.min(...numbers)).toBeLessThan(2.05);
    expect(Math.max(...numbers)).toBeLessThan(4);
    expect(Math.max(...numbers)).toBeGreaterThan(3.95);
  });

  it('picks every item at times, and throws when there is none', () => {
    const random = createRandom(1, 'a');
    expect(new Set(Array.from({ length: 100 }, () => random.pick('abc'.split(''))))).toEqual(new Set('abc'.split('')));
    expect(() => random.pick([])).toThrow('nothing to pick from');
  });
});

describe('a history', () => {
  const values = (history: ReturnType<typeof createHistory<string>>, fromMs: number, toMs: number) =>
    history.during(fromMs, toMs).map(({ value }) => value);

  it('has both values while one becomes the other', () => {
    const history = createHistory('a', 1000);
    history.change('b', 10, 20);
    expect(values(history, 0, 9)).toEqual(['a']);
    expect(values(history, 10, 10)).toEqual(['a', 'b']);
    expect(values(history, 20, 30)).toEqual(['a', 'b']);
    expect(values(history, 21, 30)).toEqual(['b']);
    expect(values(history, -5, 99)).toEqual(['a', 'b']);
  });

  it('forgets what ended long ago, and never what holds', () => {
    const history = createHistory('a', 1000);
    history.change('b', 10, 20);
    history.change('c', 500, 500);
    history.change('d', 1021, 1021);
    expect(values(history, 0, 9999)).toEqual(['b', 'c', 'd']);
  });
});

describe('an answer', () => {
  it('of /health/status for one node has that node in every row', () => {
    const query = { nodes: ['n'], node: 'n', process: undefined };
    expect(readHealthAnswer(503, '[{"PROCESS_NAME":"P","STATUS":"DOWN","MESSAGE":"","PORT":1}]', query)).toEqual({
      rows: [{ node: 'n', process: 'P', status: 'DOWN' }],
      verdicts: [{ nodes: ['n'], process: undefined, healthy: false }],
    });
  });

  it('of /health/status for all nodes names them itself', () => {
    const query = { nodes: ['n', 'm'], node: undefined, process: undefined };
    const { rows, verdicts } = readHealthAnswer(200, '[{"PROCESS_NAME":"P","STATUS":"UP","NODE":"m"}]', query);
    expect(rows).toEqual([{ node: 'm', process: 'P', status: 'UP' }]);
    expect(verdicts).toEqual([{ nodes: ['n', 'm'], process: undefined, healthy: true }]);
  });

  it('that is an error has no rows', () => {
    expect(readHealthAnswer(404, '{"error":"x"}', { nodes: [], node: undefined, process: 'P' }).rows).toEqual([]);
  });

  it('of /metrics has a row for each state that is 1 and a verdict for each node, also for one without', () => {
    const page = [
      '# HELP genesis_process_status x',
      'genesis_process_status{status="UP",genesis_node="n",process="P"} 0',
      'genesis_process_status{status="DOWN",genesis_node="n",process="P"} 1',
      'genesis_process_healthy{genesis_node="n",process="P"} 1',
      'genesis_node_healthy{genesis_node="n"} 1',
      'genesis_probe_interval_seconds{genesis_node="n"} 1',
      'genesis_probe_interval_seconds{genesis_node="m"} 1',
      'process_open_fds 30',
      '',
    ].join('\n');
    expect(readMetricsAnswer(readSamples(page))).toEqual({
      rows: [{ node: 'n', process: 'P', status: 'DOWN' }],
      verdicts: [
        { nodes: ['n'], process: undefined, healthy: true },
        { nodes: ['m'], process: undefined, healthy: false },
      ],
    });
    expect(readSamples(page).get('process_open_fds')).toBe(30);
  });
});

it('the configuration is one that the exporter takes', () => {
  const node = { name: 'n', healthUrl: 'http://127.0.0.1:1/health/status', edition: 1 };
  const text = soakConfig([
    { ...node, declaredPorts: new Map([['P', 1]]) },
    { ...node, name: 'm', declaredPorts: new Map() },
  ]);
  const parsed = parseConfig(text, { file: 'genesis.yml', resolveFile: (file) => file });
  const nodes = parsed.kind === 'config' ? parsed.config.nodes : [];
  expect(nodes.map(({ node: { connectProcesses } }) => connectProcesses)).toEqual(['declared', 'all']);
});
