import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';

it.each([
  [
    'global: {scrape_interval: 15s}\nscrape_configs: []',
    "this is Prometheus' own configuration; genesis-exporter needs a file of its own",
  ],
  [
    'route: {receiver: a}\nreceivers: [{name: a}]',
    "this is Alertmanager's configuration; genesis-exporter needs a file of its own",
  ],
  ['groups: []', 'this is a rules file of Prometheus; genesis-exporter needs a configuration of its own'],
  ['tls_server_config: {}', 'this is a web configuration; give it with --web.config.file'],
])('knows %j as the file of another program, and says nothing else of it', (text, problem) => {
  const parsed = parseConfig(text, { file: 'a.yml', resolveFile: (path) => path });
  expect(parsed).toEqual({ kind: 'problems', problems: [`a.yml:1:1: ${problem}`] });
});

it('judges a file that has nodes by its own keys', () => {
  const parsed = parseConfig('nodes: [{name: a, address: a}]\ngroups: []', {
    file: 'a.yml',
    resolveFile: (path) => path,
  });
  expect(parsed).toEqual({ kind: 'problems', problems: [expect.stringMatching(/^a.yml:2:1: groups: unknown key/)] });
});
