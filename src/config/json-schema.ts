/** JSON Schema (draft 2020-12) of the configuration file, for editors. */
export async function configJsonSchema(): Promise<Readonly<Record<string, unknown>>> {
  const [{ globalRegistry, toJSONSchema }, { configSchema }] = await Promise.all([
    import('zod'),
    import('./schema.ts'),
  ]);
  const schema = configSchema.meta({
    title: 'Genesis exporter configuration',
    description: 'Which Genesis nodes to watch, and how to probe and judge them.',
  });
  return toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    override({ zodSchema, jsonSchema }) {
      // Left out by the library where a value is transformed, since it means the value after that; ours is as written.
      const fallback = globalRegistry.get(zodSchema)?.['default'];
      if (fallback !== undefined) jsonSchema.default = fallback;
    },
  });
}
