/** A key that the JSON Schema knows. */
export interface SchemaKey {
  readonly path: string;
  readonly key: string;
  readonly description: unknown;
  readonly fallback: unknown;
}

/** Every key in a JSON Schema, at whatever depth. */
export function schemaKeys(schema: unknown, path = ''): readonly SchemaKey[] {
  return entriesOf(schema).flatMap(([word, value]) => {
    if (word !== 'properties') return schemaKeys(value, path);
    return entriesOf(value).flatMap(([key, inner]) => {
      const words = new Map(entriesOf(inner));
      const own = {
        path: `${path}.${key}`,
        key,
        description: words.get('description'),
        fallback: words.get('default'),
      };
      return [own, ...schemaKeys(inner, own.path)];
    });
  });
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
