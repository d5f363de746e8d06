import type { Config } from './settings.ts';

/** A masked configuration as YAML text. */
export async function toYaml(masked: Config['masked']): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(masked, { aliasDuplicateObjects: false, lineWidth: 0 });
}
