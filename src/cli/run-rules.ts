import { ALERTS } from '../rules/groups.ts';
import { readSettings } from '../rules/read-settings.ts';
import { rulesFile } from '../rules/rules-file.ts';
import { UsageError } from './options.ts';
import type { RulesOptions } from './rules-command.ts';

const EXAMPLE = `
Example:
  genesis-exporter rules --set GenesisLmdbAlmostFull.warning=0.8 --disable GenesisProcessFlapping \\
    --label team=trading --expect trading-a > genesis.rules.yml`;

/** What `genesis-exporter rules` prints; throws a UsageError that has a line for each wrong flag. */
export function runRules(options: RulesOptions): string {
  if (options.kind === 'help') return `${options.flags}${EXAMPLE}\n\n${alertList()}`;
  const settings = readSettings(options.texts);
  if ('problems' in settings) throw new UsageError(settings.problems.join('\n'));
  return rulesFile(settings);
}

/** All alerts with their `for` and their thresholds. */
function alertList(): string {
  const rows = ALERTS.map(({ alert, severity, for: hold, limit }) => [
    `${alert}.${severity}`,
    hold,
    limit === undefined ? '' : `${limit.value}  ${limit.unit}, from ${limit.min} to ${limit.max}`,
  ]);
  const width = Math.max(...rows.map(([name = '']) => name.length));
  const lines = rows.map(([name = '', hold = '', limit]) => `  ${name.padEnd(width)}  ${hold.padEnd(4)}  ${limit}`);
  return `Alerts, how long they must hold, and their thresholds:\n${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
