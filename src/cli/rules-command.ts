import { type Command, Option } from 'commander';
import type { SettingTexts } from '../rules/read-settings.ts';
import { refuseMisplaced } from './environment.ts';
import { repeatable, runbookFlag } from './flags.ts';

/** Options of `genesis-exporter rules`. */
export type RulesOptions =
  | { readonly kind: 'print'; readonly texts: SettingTexts }
  /** The help of the flags; the alerts are put below it. */
  | { readonly kind: 'help'; readonly flags: string };

interface Flags {
  readonly set?: readonly string[];
  readonly for?: readonly string[];
  readonly disable?: readonly string[];
  readonly label?: readonly string[];
  readonly annotation?: readonly string[];
  readonly by?: readonly string[];
  readonly expect?: readonly string[];
  readonly 'web.runbookUrl': string;
  readonly help?: boolean;
}

/** Adds the command `rules`, which passes its options to `onOptions`. It reads no environment, so that the same command makes the same file everywhere. */
export function addRulesCommand(program: Command, onOptions: (options: RulesOptions) => void): void {
  const rules = program
    .command('rules')
    .description('print the rules file for Prometheus, with your thresholds, labels and expected nodes')
    .helpOption(false)
    .action(() => {
      refuseMisplaced(program);
      const flags = rules.opts<Flags>();
      if (flags.help === true) onOptions({ kind: 'help', flags: rules.helpInformation() });
      else onOptions({ kind: 'print', texts: textsOf(flags) });
    });
  const options = [
    repeatable('--set <alert.severity=number>', 'another threshold, repeatable as all of these'),
    repeatable('--for <alert=duration>', 'how long an alert must hold'),
    repeatable('--disable <alert>', 'leave an alert out'),
    repeatable('--label <name=value>', 'a label for each alert'),
    repeatable('--annotation <name=value>', 'an annotation for each alert'),
    repeatable('--by <label>', 'a label that tells namesakes apart, besides cluster and namespace'),
    repeatable('--expect <node[,label=value]>', 'a node that must be shown, in a cluster or namespace if told'),
    runbookFlag(),
    new Option('--help', 'print this help with all alerts, and exit'),
  ];
  for (const option of options) rules.addOption(option);
}

function textsOf(flags: Flags): SettingTexts {
  return {
    thresholds: flags.set ?? [],
    holds: flags.for ?? [],
    disabled: flags.disable ?? [],
    labels: flags.label ?? [],
    annotations: flags.annotation ?? [],
    identityLabels: flags.by ?? [],
    expectedNodes: flags.expect ?? [],
    runbookUrl: flags['web.runbookUrl'],
  };
}
