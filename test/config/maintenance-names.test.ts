import { expect, it } from 'vitest';
import { warnOfMaintenance } from '../../src/config/maintenance-names.ts';
import { parsed } from './parsed.ts';

const NODES = '{nodes: [{name: trading-a, address: 10.0.0.5, cluster: trading}]';
const TIME = 'start: "02:00", duration: 30m';

it.each([
  [`${NODES}, maintenance: [{name: n, ${TIME}, nodes: [trading-a], clusters: [trading]}, {name: all, ${TIME}}]}`, []],
  [
    `${NODES}, maintenance: [{name: nightly, ${TIME}, nodes: [trading-a, tradng-a]}]}`,
    ['maintenance[0].nodes (nightly): no node of the configuration is called tradng-a; did you mean trading-a?'],
  ],
  [
    `${NODES}, file_sd_configs: [{files: [a.json]}], maintenance: [{name: m, ${TIME}, nodes: [zzz], clusters: [traiding]}]}`,
    [
      'maintenance[0].nodes (m): no node of the configuration is called zzz; fine if discovery brings it',
      'maintenance[0].clusters (m): no node of the configuration has the cluster traiding; fine if discovery brings it; did you mean trading?',
    ],
  ],
])('warns of names that no node has: %s', (text, warnings) => {
  expect(warnOfMaintenance(parsed(text))).toEqual(warnings);
});
