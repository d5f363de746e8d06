import { describe, expect, it, vi } from 'vitest';
import { parseHealthBody } from '../../src/genesis/health-body.ts';
import type { StandInNode } from '../../src/stand-in/stand-in-node.ts';
import { isListening, openConnection, startNode } from './sockets.ts';

const OPTIONS = {
  processes: [
    { name: 'A', port: 0, message: 'first words' },
    { name: 'B', port: 0 },
  ],
};

/** What the endpoint says, as the exporter reads it: its code, then NAME STATUS MESSAGE of each row. */
async function heard({ healthUrl }: StandInNode): Promise<readonly unknown[]> {
  const response = await fetch(healthUrl);
  const body = parseHealthBody(await response.text(), { statusAliases: new Map(), maxProcesses: 10 });
  if (body.kind === 'failure') throw new Error(body.detail);
  return [response.status, ...body.report.processes.map(({ name, status, message }) => `${name} ${status} ${message}`)];
}

describe('the controls of a stand-in node', () => {
  it('kill: refuses and ends connections, and is reported as before', async () => {
    const node = await startNode(OPTIONS);
    const { port } = node.truthOf('A');
    (await openConnection(port)).resume();
    await vi.waitFor(() => expect(node.truthOf('A').connections.open).toBe(1));
    await node.kill('A');
    expect(await isListening(port)).toBe(false);
    expect(node.truthOf('A')).toMatchObject({ status: 'UP', port, listening: false, connections: { open: 0 } });
    expect(await heard(node)).toEqual([200, 'A UP first words', 'B UP ']);
  });

  it('die: refuses and is reported DOWN; restart: is back on its port and UP', async () => {
    const node = await startNode(OPTIONS);
    const { port } = node.truthOf('A');
    await node.die('A');
    expect(await isListening(port)).toBe(false);
    expect(await heard(node)).toEqual([503, 'A DOWN first words', 'B UP ']);
    await node.restart('A');
    expect(await isListening(port)).toBe(true);
    expect(await heard(node)).toEqual([200, 'A UP first words', 'B UP ']);
  });

  it('setStatus and setMessage: any words, and the process runs on', async () => {
    const node = await startNode(OPTIONS);
    node.setStatus('B', 'SLÖTH');
    node.setMessage('B', '"; \n\u{1F9A5}');
    expect(await heard(node)).toEqual([503, 'A UP first words', 'B SLÖTH "; \n\u{1F9A5}']);
    expect(await isListening(node.truthOf('B').port)).toBe(true);
  });

  it.each([
    { given: [96], message: ';Lmdb currently uses 96% of available space (total size 2GB)' },
    { given: [0, '512MB'], message: ';Lmdb currently uses 0% of available space (total size 512MB)' },
  ] as const)('setLmdb: $message', async ({ given: [percent, size], message }) => {
    const node = await startNode(OPTIONS);
    node.setLmdb('B', percent, size);
    expect(node.truthOf('B').message).toBe(message);
  });

  it('drop: is left out of the answer and of the verdict; list: is back in its place', async () => {
    const node = await startNode(OPTIONS);
    node.setStatus('A', 'DOWN');
    node.drop('A');
    expect(await heard(node)).toEqual([200, 'B UP ']);
    expect(node.truthOf('A')).toMatchObject({ reported: false, listening: true });
    node.list('A');
    expect(await heard(node)).toEqual([503, 'A DOWN first words', 'B UP ']);
  });

  it('setPort: listens on the new port alone and reports it', async () => {
    const node = await startNode(OPTIONS);
    const before = node.truthOf('A').port;
    await node.setPort('A', 0);
    const { port } = node.truthOf('A');
    expect(port).not.toBe(before);
    expect(await isListening(before)).toBe(false);
    expect(await isListening(port)).toBe(true);
  });

  it('setPort of a dead process: listens there once it is restarted', async () => {
    const node = await startNode(OPTIONS);
    const free = node.truthOf('B').port;
    await node.removeProcess('B');
    await node.kill('A');
    await node.setPort('A', free);
    expect(await isListening(free)).toBe(false);
    await node.restart('A');
    expect(node.truthOf('A')).toMatchObject({ port: free, listening: true });
  });

  it('addProcess: listens and comes last; removeProcess: is gone', async () => {
    const node = await startNode(OPTIONS);
    await node.addProcess({ name: 'C', port: 8_001, status: 'STARTING' });
    const { port } = node.truthOf('C');
    expect(port).not.toBe(8_001);
    expect(await isListening(port)).toBe(true);
    expect(await heard(node)).toEqual([503, 'A UP first words', 'B UP ', 'C STARTING ']);
    await node.removeProcess('C');
    expect(await isListening(port)).toBe(false);
    expect(await heard(node)).toEqual([200, 'A UP first words', 'B UP ']);
  });

  it('addProcess: refuses a name twice, and forgets a process that cannot listen', async () => {
    const node = await startNode({ ...OPTIONS, ports: 'declared' });
    await expect(node.addProcess({ name: 'A', port: 0 })).rejects.toThrow('there is a process A already');
    const taken = node.truthOf('A').port;
    await expect(node.addProcess({ name: 'C', port: taken })).rejects.toThrow('the port is taken');
    expect(node.processes.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('throws for a name that it has not, naming those it has', async () => {
    const node = await startNode(OPTIONS);
    expect(() => node.setStatus('C', 'UP')).toThrow('no process C; there are: A, B');
    await expect(node.kill('C')).rejects.toThrow('no process C');
    expect(() => node.truthOf('__proto__')).toThrow('no process __proto__');
  });

  it('reset: all is as it was at first', async () => {
    const node = await startNode(OPTIONS);
    const before = node.processes;
    await node.die('A');
    node.setMessage('A', 'last words');
    node.drop('B');
    await node.setHealth({ kind: 'gone' });
    await node.reset();
    expect(node.processes).toEqual(before);
    expect(await heard(node)).toEqual([200, 'A UP first words', 'B UP ']);
  });

  it('neither restart nor reset nor addProcess listens on a node that is stopped', async () => {
    const node = await startNode(OPTIONS);
    await node.stop();
    await node.restart('A');
    await node.reset();
    await node.addProcess({ name: 'C', port: 0 });
    expect(node.processes.map(({ listening }) => listening)).toEqual([false, false, false]);
    await expect(fetch(node.healthUrl)).rejects.toThrow('fetch failed');
  });
});
