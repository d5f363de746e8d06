import type { Section } from './dashboard.ts';
import { barPanel, graphPanel } from './graphs.ts';
import { SERIES_TO_PROCESS } from './links.ts';
import { lmdbFullIn, lmdbUsed, lmdbUsedBytes, lmdbUsedIn } from './lmdb.ts';
import { daysLeft, type PanelBuilder } from './panel.ts';
import { byProcess, ofProcess, STORE_LEGEND } from './promql.ts';

const FORECAST_HOURS = 4;
const DAY_SECONDS = 86_400;
const DASHED = { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } };

function used(): PanelBuilder {
  return graphPanel({
    title: 'LMDB used, with forecast',
    question: `How full is each LMDB store, and how full will it be in ${FORECAST_HOURS} hours?`,
    explanation:
      'Dashed: where the growth of the last hour leads. Genesis prints whole per cents, so small growth comes in steps.',
    unit: 'percentunit',
    queries: [
      { expr: lmdbUsed(), legend: STORE_LEGEND },
      { expr: lmdbUsedIn(FORECAST_HOURS), legend: `${STORE_LEGEND} in ${FORECAST_HOURS} h` },
    ],
    max: 1,
    links: [SERIES_TO_PROCESS],
    width: 12,
    height: 9,
  }).overrideByQuery('B', [DASHED]);
}

/** How full the LMDB stores of the processes are, with a forecast. */
export function nodeLmdb(): Section {
  return {
    title: 'LMDB',
    panels: [
      used(),
      graphPanel({
        title: 'LMDB size',
        question: 'How large is each LMDB store, and how much of it is used?',
        explanation: 'Dashed: the size. A jump is a new size after a restart.',
        unit: 'bytes',
        queries: [
          { expr: lmdbUsedBytes(), legend: `${STORE_LEGEND} used` },
          { expr: byProcess(ofProcess('genesis_process_lmdb_size_bytes'), 'store'), legend: `${STORE_LEGEND} size` },
        ],
        width: 6,
        height: 9,
      }).overrideByQuery('B', [DASHED]),
      barPanel({
        title: 'LMDB full in',
        question: 'How soon is each LMDB store full, if it goes on growing as in the last hour?',
        explanation: 'Only of stores that grow. Up to a day is purple, up to a week orange.',
        unit: 'dtdurations',
        queries: [{ expr: `sort(${lmdbFullIn()})`, legend: STORE_LEGEND }],
        thresholds: daysLeft(1, 7),
        links: [SERIES_TO_PROCESS],
        min: 0,
        max: 30 * DAY_SECONDS,
        noValue: 'none is growing',
        width: 6,
        height: 9,
      }),
    ],
  };
}
