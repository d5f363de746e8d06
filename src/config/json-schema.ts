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
      // zod omits the default of a transformed value, because it expects a default after the transformation. These defaults are in the form of the file.
      const fallback = globalRegistry.get(zodSchema)?.['default'];
      if (fallback !== undefined) jsonSchema.default = fallback;
    },
  });
}
