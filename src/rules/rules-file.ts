import { stringify } from 'yaml';
import { GROUPS } from './groups.ts';
import { type PlainRule, resolve } from './resolve.ts';
import type { Group, Rule } from './rule.ts';
import { type Settings, type Words, wordsOf } from './settings.ts';

const HEAD = `# Recording and alerting rules for genesis-exporter. docs/alerts.md lists them, docs/runbooks/ has a page for each alert.
# This file is made: \`genesis-exporter rules\` prints it, with other thresholds, labels or expected nodes when asked to.
#
# How the rules are written:
# - A node is known by \`genesis_node\` and by where it is scraped: \`cluster\` and \`namespace\`, which Kubernetes set-ups attach. Every
#   aggregation and every join keeps them. Where they are absent they change nothing.
# - \`max by (...)\`: a pair of exporters (same labels, another \`instance\`) counts once, and the better witness wins.
# - What must hold for a while is \`_healthy == 0\`. A state or a reason may alternate, so each is asked for over a window (\`[2m]\`),
#   never at every moment; otherwise a process that is DOWN and unreadable in turn would alert nobody.
# - Genesis answers 503 for minutes while it starts: nothing about a node or a process fires in less than 3 minutes.
# - \`keep_firing_for\` bridges a missed scrape and a restart of the exporter, when series are absent for a moment.
# - A time of an exporter is compared with the heartbeat of the same exporter, never with Prometheus' \`time()\`.
`;

/** Wraps the YAML of a rule or a group; an empty result leaves it out. */
export interface Wrap {
  rule(rule: Rule, text: string): string;
  group(group: Group, text: string): string;
}

/** The rules file for these settings, as YAML with comments. */
export function rulesFile(settings: Settings): string {
  const isLeftOut = (rule: Rule) => 'alert' in rule && settings.disabled.includes(rule.alert);
  const groups = groupsText(wordsOf(settings), {
    rule: (rule, text) => (isLeftOut(rule) ? '' : text),
    group: ({ rules }, text) => (rules.every(isLeftOut) ? '' : text),
  });
  return `${HEAD}groups:\n${groups}`;
}

/** All groups as items of a YAML list. */
export function groupsText(words: Words, wrap: Wrap): string {
  const texts = GROUPS.map((group) => {
    const { name, interval, note, rules } = group;
    const pace = interval === undefined ? '' : `    interval: ${interval}\n`;
    const items = rules.map((rule) => wrap.rule(rule, comment(rule.note, 6) + yamlItem(resolve(rule, words))));
    return wrap.group(group, `${comment(note, 2)}  - name: ${name}\n${pace}    rules:\n${items.join('')}`);
  });
  return texts.filter((text) => text !== '').join('\n');
}

function yamlItem(rule: PlainRule): string {
  const text = stringify([rule], { lineWidth: 0, singleQuote: true, version: '1.1' });
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(6));
}

/** A text as YAML comment lines of at most 140 characters. */
function comment(text: string | undefined, columns: number): string {
  if (text === undefined) return '';
  const lines = text.match(new RegExp(`\\S.{0,${135 - columns}}(?=\\s|$)`, 'g')) ?? [];
  return lines.map((line) => `${' '.repeat(columns)}# ${line}\n`).join('');
}
