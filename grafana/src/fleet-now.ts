import type { Section } from './dashboard.ts';
import { statPanel } from './graphs.ts';
import { type PanelBuilder, risingTo } from './panel.ts';
import { byNode, byProcess, countOf, exporterUp, ofNode, ofProcess } from './promql.ts';
import { unhealthyNodes, unhealthyProcesses } from './verdicts.ts';

const NODES = byNode(ofNode('genesis_node_info'));
const ANSWERS = byNode(ofNode('genesis_node_health_endpoint_up'));
const PROCESSES = byProcess(ofProcess('genesis_process_status'));
const STORES = byProcess(ofProcess('genesis_process_lmdb_used_ratio'), 'store');
const UP = exporterUp();

function number(title: string, question: string, expr: string, explanation?: string): PanelBuilder {
  return statPanel({
    title,
    question,
    ...(explanation === undefined ? {} : { explanation }),
    unit: 'none',
    queries: [{ expr }],
    width: 4,
    height: 4,
    ...(title === 'Nodes' ? {} : { thresholds: risingTo(1) }),
    noValue: 'no data',
  });
}

/** The fleet in six numbers: all but the first should be 0. */
export function fleetNow(): Section {
  return {
    title: 'Now',
    panels: [
      number('Nodes', 'How many Genesis nodes are watched?', `count(${NODES})`),
      number(
        'Nodes not healthy',
        'How many nodes are not healthy?',
        countOf(unhealthyNodes(), NODES),
        'Of several exporters on a node it is enough that one finds it healthy.',
      ),
      number(
        'Processes not healthy',
        'How many processes are not healthy?',
        countOf(unhealthyProcesses(), PROCESSES),
        'What no exporter can see is not healthy either.',
      ),
      number(
        'Nodes without an answer',
        'Of how many nodes is the health endpoint silent or not understood?',
        countOf(`${ANSWERS} == 0`, ANSWERS),
      ),
      number(
        'LMDB stores over 80 %',
        'How many LMDB stores are more than 80 % full?',
        countOf(`${STORES} > 0.8`, STORES),
        '"no data" when no process speaks of one.',
      ),
      number(
        'Exporters not answering',
        'How many of the exporters can Prometheus not scrape?',
        countOf(`(${UP}) == 0`, UP),
        'While this is not 0 the other panels may lack nodes.',
      ),
    ],
  };
}
