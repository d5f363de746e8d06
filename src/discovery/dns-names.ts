/**
 * The full names to look up, in the order in which resolvers try them. `resolvConf` is the text of `/etc/resolv.conf`: its `search`
 * list completes a name, and a name with at least `ndots` dots is first tried as it is. A name that ends with a dot is complete.
 */
export function fullNames(name: string, resolvConf: string): readonly string[] {
  if (name.endsWith('.')) return [name];
  const lines = resolvConf.split('\n').map((line) =>
    line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/),
  );
  // The last line of a kind counts.
  const [, ...domains] = lines.findLast(([key]) => key === 'search' || key === 'domain') ?? [];
  const [, ndots = '1'] =
    lines
      .filter(([key]) => key === 'options')
      .flat()
      .map((option) => /^ndots:(\d{1,2})$/.exec(option))
      .findLast((match) => match !== null) ?? [];
  const completed = domains.filter((domain) => domain !== '.').map((domain) => `${name}.${domain.replace(/\.$/, '')}.`);
  const dots = name.split('.').length - 1;
  return dots >= Number(ndots) ? [`${name}.`, ...completed] : [...completed, `${name}.`];
}
