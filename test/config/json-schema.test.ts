import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { schemaKeys } from './schema-keys.ts';

const SHIPPED = new URL('../../docs/config.schema.json', import.meta.url);

describe('the JSON Schema', () => {
  it('that ships is the one that is made', async () => {
    expect(JSON.parse(readFileSync(SHIPPED, 'utf8'))).toEqual(await configJsonSchema());
  });

  it('is of draft 2020-12, has a title and refuses unknown keys', async () => {
    expect(await configJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Genesis exporter configuration',
      type: 'object',
      additionalProperties: false,
    });
  });

  it('describes every key', async () => {
    const keys = schemaKeys(await configJsonSchema());
    expect(keys.length).toBeGreaterThan(60);
    for (const { path, description } of keys) expect(description, path).toEqual(expect.any(String));
  });
});
