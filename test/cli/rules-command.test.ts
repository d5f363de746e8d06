import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/options.ts';
import { runRules } from '../../src/cli/run-rules.ts';
import { ALERTS } from '../../src/rules/groups.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { hasPromtool, runTool } from '../helpers/promtool.ts';
import { readText } from '../prometheus/rule-files.ts';

/** What `genesis-exporter rules` prints. */
function rules(...args: readonly string[]): string {
  // The environment sets flags of the exporter alone.
  const task = parseCommandLine(['rules', ...args], { GENESIS_EXPORTER_DISABLE: 'nonsense' }, '1.2.3');
  if (task.kind !== 'rules') throw new Error(task.kind);
  return runRules(task.options);
}

describe('genesis-exporter rules', () => {
  it('prints the rules that are shipped', () => {
    expect(rules()).toBe(readText('prometheus/rules/genesis-exporter.rules.yml'));
  });

  it('has every alert with its threshold in its help', () => {
    const help = rules('--help');
    expect(help).toContain('Usage: genesis-exporter rules');
    for (const { alert, severity, for: hold, limit } of ALERTS) {
      const rest = limit === undefined ? '$' : `${limit.value}  ${limit.unit}, from ${limit.min} to ${limit.max}$`;
      expect(help).toMatch(new RegExp(`^  ${alert}\\.${severity} +${hold} *${rest}`, 'm'));
    }
  });

  it.each([
    [['--set', 'GenesisLmdbAlmostFul.warning=0.8'], 'did you mean GenesisLmdbAlmostFull.warning?'],
    [['--disable=GenesisProcesDown', '--for=x'], '--for x: expected ALERT=DURATION'],
    [['--web.runbook-url=x'], 'Expected an URL'],
    [['--nonsense'], "unknown option '--nonsense'"],
    [['GenesisProcessDown'], 'too many arguments'],
  ])('refuses %j', (args, problem) => {
    expect(() => rules(...args)).toThrow(UsageError);
    expect(() => rules(...args)).toThrow(problem);
  });

  it
    .skipIf(!hasPromtool())
    .each([
      [[]],
      [['--set=GenesisLmdbAlmostFull.warning=0.8', '--disable=GenesisProcessFlapping', '--label', 'team=trading']],
      [
        [
          '--by=team',
          '--by=env',
          '--expect=a "b" \\',
          '--expect=c,namespace=prod,team=x',
          '--for=GenesisProcessDown=0s',
        ],
      ],
      [['--label=a=yes', '--annotation=b={{ $labels.process }}: #x', '--web.runbook-url=https://wiki/?page=']],
      [[...new Set(ALERTS.map(({ alert }) => `--disable=${alert}`))]],
    ])('makes rules in which promtool finds no fault: %j', (args) => {
    const { status, output } = runTool('promtool', ['check', 'rules', temporaryFile('rules.yml', rules(...args))]);
    expect(status, output).toBe(0);
  });
});
