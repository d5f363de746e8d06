import { readFileSync } from 'node:fs';
import { ConfigError } from '../../src/config/config-error.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Config } from '../../src/config/settings.ts';

/** The configuration in a text, with files looked for in `/etc/x`; throws its problems. */
export function parsed(text: string): Config {
  const result = parseConfig(text, { file: 'genesis.yml', resolveFile: (path) => `/etc/x/${path}` });
  if (result.kind === 'problems') throw new ConfigError(result.problems);
  return result.config;
}

/** The lines that a text is refused with; none when it is accepted. */
export function problemsOf(text: string): readonly string[] {
  const result = parseConfig(text, { file: 'genesis.yml', resolveFile: (path) => path });
  return result.kind === 'problems' ? result.problems : [];
}

/** The text of a fixture. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/config/${name}`, import.meta.url), 'utf8');
}
