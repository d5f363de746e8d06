import { isMap, isPair, isScalar, type Pair, parseDocument } from 'yaml';

const HEAD = `# genesis-exporter

The chart of the Prometheus exporter for the processes of the Genesis low-code platform. [Kubernetes](../../../docs/kubernetes.md) tells how to use it, and
has examples. Made from \`values.yaml\` by \`npm run generate\`.

    helm install genesis-exporter oci://ghcr.io/genesis-exporter/charts/genesis-exporter --namespace monitoring --create-namespace

Kubernetes 1.25 or later, Helm 3. A value that is misspelt or of a wrong type is refused, and so are values that can't work together.

| value | default | what it is |
| --- | --- | --- |
`;

/** The chart's README: each value with its default and its comment. \`leaves\` are the paths below which a value is taken whole. */
export function chartReadme(values: string, leaves: ReadonlySet<string>): string {
  const { contents } = parseDocument(values);
  return `${HEAD}${rowsOf(contents, leaves, '').join('\n')}\n`;
}

function rowsOf(map: unknown, leaves: ReadonlySet<string>, above: string): readonly string[] {
  if (!isMap(map)) throw new Error(`${above} is no mapping`);
  return map.items.filter(isPair).flatMap((pair, index) => {
    const path = `${above}${isScalar(pair.key) ? pair.key.value : ''}`;
    // The comment of a mapping's first key belongs to the mapping in the parser's eyes.
    const comment = commentOf(pair) ?? (index === 0 ? map.commentBefore : undefined);
    if (typeof comment !== 'string') throw new Error(`values.yaml does not say what ${path} is`);
    const text = comment.replaceAll(/\n ?/g, ' ').trim().replaceAll('|', '\\|');
    if (leaves.has(path)) return [`| \`${path}\` | \`${JSON.stringify(pair.value)}\` | ${text} |`];
    return [`| **\`${path}\`** | | ${text} |`, ...rowsOf(pair.value, leaves, `${path}.`)];
  });
}

function commentOf({ key }: Pair): string | undefined {
  return isScalar(key) ? (key.commentBefore ?? undefined) : undefined;
}
