import type { Problem } from './problem.ts';

/** Typical keys in the files of other programs, with the message for the operator. */
const OTHERS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [
    ['scrape_configs', 'rule_files', 'alerting', 'remote_write'],
    "this is Prometheus' own configuration; genesis-exporter needs a file of its own",
  ],
  [
    ['receivers', 'route', 'inhibit_rules'],
    "this is Alertmanager's configuration; genesis-exporter needs a file of its own",
  ],
  [['groups'], 'this is a rules file of Prometheus; genesis-exporter needs a configuration of its own'],
  [
    ['tls_server_config', 'http_server_config', 'basic_auth_users'],
    'this is a web configuration; give it with --web.config.file',
  ],
];

/** The problem of a document that belongs to another program; undefined for any other document. */
export function problemOfOtherProgram(raw: unknown): Problem | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const given = Object.keys(raw);
  if (given.includes('nodes')) return undefined;
  const found = OTHERS.find(([keys]) => keys.some((key) => given.includes(key)));
  return found && { path: [], message: found[1] };
}
