import { describe, expect, it } from 'vitest';
import { SAMPLE_PROCESSES } from '../../src/stand-in/sample-processes.ts';
import { createStandInNode } from '../../src/stand-in/stand-in-node.ts';
import { ask, isListening, startNode } from './sockets.ts';

const TWO = {
  processes: [
    { name: 'A', port: 0 },
    { name: 'B', port: 0, status: 'STANDBY', message: 'waits' },
  ],
};

async function answerOf({ healthUrl }: { healthUrl: string }): Promise<{ code: number; rows: unknown }> {
  const response = await fetch(healthUrl);
  return { code: response.status, rows: await response.json() };
}

describe('a stand-in node', () => {
  it('runs the processes of the sample, each on a port of its own that it reports', async () => {
    const node = await startNode();
    const { code, rows } = await answerOf(node);
    expect(code).toBe(200);
    expect(rows).toEqual(
      SAMPLE_PROCESSES.map(({ name, message = '' }) => ({
        PROCESS_NAME: name,
        STATUS: 'UP',
        MESSAGE: message,
        PORT: node.truthOf(name).port,
      })),
    );
    for (const { port } of node.processes) expect(await isListening(port)).toBe(true);
    expect(new Set(node.processes.map(({ port }) => port)).size).toBe(8);
  });

  it('listens on the declared port when told to, and names it when it is taken, listening nowhere', async () => {
    const taken = (await startNode(TWO)).truthOf('A').port;
    const node = createStandInNode({
      ports: 'declared',
      processes: [
        { name: 'FREE', port: 0 },
        { name: 'TAKEN', port: taken },
      ],
    });
    await expect(node.start()).rejects.toThrow(`TAKEN cannot listen on 127.0.0.1:${taken}: the port is taken`);
    expect(node.processes.map(({ listening }) => listening)).toEqual([false, false]);
    expect((await ask(node.healthUrl)).ending).toBe('refused');
  });

  it('has the declared port while it listens there', async () => {
    const first = await startNode(TWO);
    const { port } = first.truthOf('A');
    await first.stop();
    const second = await startNode({ ports: 'declared', processes: [{ name: 'A', port }] });
    expect(second.truthOf('A')).toMatchObject({ port, listening: true });
  });

  it('rejects with a sentence when the host is none of its own', async () => {
    const node = createStandInNode({ host: '192.0.2.1', processes: [] });
    await expect(node.start()).rejects.toThrow(/^the health endpoint cannot listen on 192\.0\.2\.1:0: .*EADDRNOTAVAIL/);
  });

  it('has no URL before its first start when it may take any port', () => {
    expect(() => createStandInNode().healthUrl).toThrow('before it is started');
  });

  it('writes an IPv6 host in brackets', () => {
    expect(createStandInNode({ host: '::1', healthPort: 4569 }).healthUrl).toBe('http://[::1]:4569/health/status');
  });

  it('refuses two processes of one name', () => {
    expect(() => createStandInNode({ processes: [...TWO.processes, ...TWO.processes] })).toThrow('a process A already');
  });

  it('decides on WARNING as it was told', async () => {
    const node = await startNode({ ...TWO, warningIs503: true });
    node.setStatus('A', 'WARNING');
    expect((await answerOf(node)).code).toBe(503);
  });

  it('starts again where it was', async () => {
    const node = await startNode(TWO);
    const before = { url: node.healthUrl, ports: node.processes.map(({ port }) => port) };
    await node.stop();
    expect((await ask(node.healthUrl)).ending).toBe('refused');
    await node.start();
    expect({ url: node.healthUrl, ports: node.processes.map(({ port }) => port) }).toEqual(before);
    expect((await answerOf(node)).code).toBe(200);
  });
});
