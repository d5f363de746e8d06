import type { Socket } from 'node:net';
import { type ExporterProcess, startConfigured } from '../helpers/exporter-process.ts';
import { startTcpServer, tlsFixture } from '../helpers/servers.ts';
import { BODY_FAULTS, ROW_FAULTS } from './body-faults.ts';
import type { Expected } from './fault.ts';
import { HTTP_CODE_FAULTS, HTTP_FORM_FAULTS, HTTP_TIMING_FAULTS } from './http-faults.ts';
import { NAME_FAULTS } from './name-faults.ts';
import { PLACE_FAULTS } from './place-faults.ts';
import { rawAnswer, WELL_BODY } from './raw-answer.ts';

const ANSWER_FAULTS = [
  ...HTTP_TIMING_FAULTS,
  ...HTTP_FORM_FAULTS,
  ...HTTP_CODE_FAULTS,
  ...BODY_FAULTS,
  ...ROW_FAULTS,
  ...NAME_FAULTS,
];

/** A node with a fault that can come and go. */
export interface FaultNode {
  readonly name: string;
  readonly expected: Expected;
}

/** An exporter over a node for each fault, and one that is always well. */
export interface FaultNodes {
  readonly exporter: ExporterProcess;
  readonly nodes: readonly FaultNode[];
  setBroken(isBroken: boolean): Promise<void>;
}

/** The name of the node that is always well. */
export const WELL_NODE = 'well';

/** Opens all endpoints, well at first, and starts an exporter on them. */
export async function startFaultNodes(): Promise<FaultNodes> {
  const places = await Promise.all(
    PLACE_FAULTS.map(async ({ name, expected, open }) => ({ name, expected, place: await open() })),
  );
  const answering = await openAnswering();
  const all = [
    { name: WELL_NODE, url: answering.url },
    ...ANSWER_FAULTS.map(({ name }, index) => ({ name, url: `${answering.url}/${index}` })),
    ...places.map(({ name, place }) => ({ name, url: place.url })),
  ];
  const exporter = await startConfigured(
    JSON.stringify({
      scrape_interval: '4500ms',
      scrape_timeout: '4s',
      // What a fault leaves out of its answer is no part of the test.
      forget_after: 0,
      modules: { default: { health: { tls_config: { ca: tlsFixture('ca.pem') } }, connect: { processes: 'none' } } },
      nodes: all.map(({ name, url }) => ({ name, health_url: url })),
    }),
  );

  async function setBroken(isBroken: boolean): Promise<void> {
    answering.setBroken(isBroken);
    await Promise.all(places.map(({ place }) => place.setBroken(isBroken)));
  }

  return { exporter, nodes: [...ANSWER_FAULTS, ...places], setBroken };
}

/** One server for all faults of answers: the path of a request says which one is meant, none that all is well. */
async function openAnswering() {
  const well = rawAnswer(200, WELL_BODY);
  let isBroken = false;

  function onRequest(socket: Socket, head: string): void {
    const index = /^GET \/health\/(\d+) /.exec(head)?.[1];
    const fault = index === undefined ? undefined : ANSWER_FAULTS[Number(index)];
    if (isBroken && fault !== undefined) fault.answer(socket);
    else socket.write(well);
  }

  const { port } = await startTcpServer((socket) => {
    // A request fits into one packet of loopback, and the next comes only after an answer.
    socket.on('data', (head) => onRequest(socket, head.toString('latin1')));
  });
  return {
    url: `http://127.0.0.1:${port}/health`,
    setBroken(value: boolean) {
      isBroken = value;
    },
  };
}
