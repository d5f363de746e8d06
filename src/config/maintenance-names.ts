import { suggest } from '../domain/suggest.ts';
import type { Config } from './settings.ts';

/** Warnings about names in maintenance windows that no configured node has. Such a name is a typing error, or discovery finds its node later. */
export function warnOfMaintenance({ maintenance, nodes, fileSd, httpSd, dnsSd }: Config): readonly string[] {
  const isFound = fileSd.length + httpSd.length + dnsSd.length > 0;
  const known = {
    nodes: nodes.map(({ node }) => node.name),
    clusters: nodes.map(({ node }) => node.cluster).filter((cluster) => cluster !== ''),
  };
  return maintenance.flatMap((window, index) =>
    (['nodes', 'clusters'] as const).flatMap((key) =>
      window[key]
        .filter((name) => !known[key].includes(name))
        .map((name) => {
          const what = key === 'nodes' ? `is called ${name}` : `has the cluster ${name}`;
          const fine = isFound ? '; fine if discovery brings it' : '';
          const where = `maintenance[${index}].${key} (${window.name})`;
          return `${where}: no node of the configuration ${what}${fine}${suggest(name, [...new Set(known[key])])}`;
        }),
    ),
  );
}
