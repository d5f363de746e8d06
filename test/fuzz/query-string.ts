import fc from 'fast-check';

/** One name or value as somebody may write it into a URL: encoded well, badly, or not at all. */
function written(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: text.map((plain) => encodeURIComponent(plain.toWellFormed())) },
    text.map((plain) => [...Buffer.from(plain)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
    text.map((plain) => plain.replaceAll(/[^!-~]|[#?]/g, '')),
    fc.constantFrom('%', '%ff', '%c3%28', '%00', '+', '', '=', '%zz', '%u0041', '[]', ';'),
  );
}

/** Query strings, `?` and all, with these names and values among stranger ones; most of them have a few parameters. */
export function queryStrings(names: readonly string[], values: readonly string[]): fc.Arbitrary<string> {
  const strange = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('__proto__', 'NODE', 'node ', 'constructor'),
  );
  const name = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...names) }, strange);
  const value = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...values) }, strange);
  const parameter = fc
    .tuple(written(name), fc.constantFrom('=', '=', '=', '=', ''), written(value))
    .map((parts) => parts.join(''));
  return fc
    .tuple(fc.array(parameter, { maxLength: 4 }), fc.constantFrom('&', '&', '&', '&&', ';'))
    .map(([parameters, separator]) => `?${parameters.join(separator)}`);
}
