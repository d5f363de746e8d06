import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { readYamlTargets } from '../../src/discovery/targets.ts';
import { parsed, problemsOf } from './parsed.ts';
import { schemaKeys } from './schema-keys.ts';

const PAGE = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const BLOCKS = [...PAGE.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
const EXAMPLES = BLOCKS.filter((text) => !text.startsWith('- '));
const TARGETS = BLOCKS.filter((text) => text.startsWith('- '));

describe('docs/configuration.md', () => {
  it('has examples', () => {
    expect(EXAMPLES).toHaveLength(3);
  });

  it.each(EXAMPLES)('has an example that loads (%#)', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('has an example of targets that is read', () => {
    expect(TARGETS.map(readYamlTargets)).toMatchObject([{ kind: 'targets', targets: { length: 3 } }]);
  });

  it('names every key, and shows the default of each that has a plain one', async () => {
    const keys = schemaKeys(await configJsonSchema());
    expect(keys.length).toBeGreaterThan(60);
    for (const { path, key, fallback } of keys) {
      const isShort = typeof fallback === 'string' || typeof fallback === 'number';
      const row = isShort ? `\\| \`[\\w.]*\\b${key}\` \\|.*\\| \`?${fallback}\\b` : `\`[\\w.]*\\b${key}\``;
      const isInText = PAGE.includes(`\`${key}\` (default \`${fallback}\`)`);
      if (!isInText) expect(PAGE, path).toMatch(new RegExp(row));
    }
  });

  it('tells problems as they are told', () => {
    const text =
      'nodes:\n  - name: a\n    address: h\n\n    colour: red\n    processes:\n      - name: P\n        port: 80a\n';
    for (const problem of problemsOf(text)) expect(PAGE).toContain(`\n${problem}\n`);
    expect(problemsOf(text)).toHaveLength(2);
  });

  it('gives the defaults in its full example', () => {
    const [minimal = '', full = ''] = EXAMPLES;
    const [first] = parsed(full).nodes;
    const [same] = parsed(minimal).nodes;
    expect(first?.health).toEqual(same?.health);
    expect({ ...first?.node, cluster: '', labels: new Map(), declared: new Map() }).toEqual(same?.node);
  });
});
