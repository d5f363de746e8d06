import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DnsSdOptions } from '../../src/config/settings.ts';
import { pollDnsSd } from '../../src/discovery/dns-sd.ts';
import { hasDnsmasq, startDnsmasq } from '../helpers/dnsmasq.ts';
import { temporaryFile } from '../helpers/exporter-process.ts';
import { freePort } from '../helpers/prometheus-server.ts';
import { until } from '../helpers/servers.ts';
import { createRecorder, problemsIn } from './recorder.ts';

const HOST = '127.0.0.1';
const SRV = '_health._tcp.genesis.test';
const SRV_RECORDS = [`srv-host=${SRV},Genesis-1.genesis.test,4569`, `srv-host=${SRV},genesis-0.genesis.test,4570`];

function polling(port: number, changes: Partial<DnsSdOptions>, resolvConf = '/no/such/file') {
  const recorder = createRecorder();
  const options: DnsSdOptions = {
    ...{ source: 'dns_sd/0', names: [SRV], type: 'SRV', port: 4569, refreshIntervalMs: 60_000 },
    ...changes,
  };
  const source = pollDnsSd(options, { ...recorder.deps, servers: [`${HOST}:${port}`], resolvConf });
  onTestFinished(() => source.close());
  return { ...recorder, source };
}

/** A DNS server that answers each question with this code and no records; 0 is NOERROR, 2 is SERVFAIL. */
async function startAnswering(code: number | undefined) {
  const socket = createSocket('udp4');
  const questions: Buffer[] = [];
  socket.on('message', (question, { port, address }) => {
    questions.push(question);
    if (code === undefined) return;
    const answer = Buffer.from(question);
    // The third byte says that it is an answer, the fourth ends with the code.
    answer.writeUInt8(0x81, 2);
    answer.writeUInt8(0x80 | code, 3);
    socket.send(answer, port, address);
  });
  socket.bind(0, HOST);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { port: socket.address().port, questions };
}

describe.skipIf(!hasDnsmasq())('a DNS source', () => {
  it.each<[string, Partial<DnsSdOptions>, readonly string[]]>([
    ['SRV records: the name and the port of each', {}, ['genesis-0.genesis.test:4570', 'genesis-1.genesis.test:4569']],
    ['A records', { type: 'A', names: ['pods.test'] }, ['10.0.0.1:4569', '10.0.0.2:4569']],
    ['AAAA records', { type: 'AAAA', names: ['pods.test'], port: 80 }, ['[fd00::1]:80']],
    [
      'several names, and what two have in common once',
      { type: 'A', names: ['pods.test', 'one.test'] },
      ['10.0.0.1:4569', '10.0.0.2:4569'],
    ],
    ['a name that does not exist', { names: ['_no._tcp.such.test'] }, []],
    ['a name without records of the type', { type: 'AAAA', names: ['one.test'] }, []],
    ['a name completed by the search list', { type: 'A', names: ['pods'] }, ['10.0.0.1:4569', '10.0.0.2:4569']],
    ['a service that says it is not available', { names: ['_gone._tcp.test'] }, []],
  ])('reads %s', async (_, changes, addresses) => {
    const port = await freePort();
    await startDnsmasq(HOST, port, [
      ...SRV_RECORDS,
      ...['host-record=pods.test,10.0.0.2', 'host-record=pods.test,10.0.0.1,fd00::1', 'host-record=one.test,10.0.0.1'],
      'srv-host=_gone._tcp.test',
    ]);
    const { source, last, refreshes } = polling(port, changes, temporaryFile('resolv.conf', 'search no.test test\n'));
    await source.ready;
    expect(last()).toEqual(addresses);
    expect(refreshes).toEqual([true]);
  });

  it('reads an answer that is too large for UDP', async () => {
    const port = await freePort();
    const pods = Array.from({ length: 300 }, (_, index) => `srv-host=${SRV},genesis-${index}.genesis.test,4569`);
    await startDnsmasq(HOST, port, pods);
    const { source, last } = polling(port, {});
    await source.ready;
    expect(last()).toHaveLength(300);
    expect(last()).toContain('genesis-299.genesis.test:4569');
  });

  it('follows its records, keeps the last ones while the server is gone, and goes on when it is back', async () => {
    const port = await freePort();
    let server = await startDnsmasq(HOST, port, SRV_RECORDS);
    const { source, changes, refreshes, last, log } = polling(port, { refreshIntervalMs: 1000 });
    await source.ready;
    await server.stop();
    await until(() => refreshes.includes(false));
    expect(changes).toHaveLength(1);
    expect(problemsIn(log)).toEqual([[expect.stringMatching(/^SRV _health\._tcp\.genesis\.test: |^no answer within/)]]);
    server = await startDnsmasq(HOST, port, SRV_RECORDS.slice(1));
    await until(() => changes.length === 2);
    expect(last()).toEqual(['genesis-0.genesis.test:4570']);
    expect(refreshes.at(-1)).toBe(true);
    await server.stop();
    await startDnsmasq(HOST, port, []);
    await until(() => changes.length === 3);
    expect(last()).toEqual([]);
  });

  it('keeps the targets of a name that fails beside one that does not', async () => {
    const port = await freePort();
    const records = ['host-record=pods.test,10.0.0.2', 'host-record=x.elsewhere,10.0.0.9'];
    const server = await startDnsmasq(HOST, port, records);
    const names = ['pods.test', 'x.elsewhere'];
    const { changes, last, source, log } = polling(port, { type: 'A', names, refreshIntervalMs: 1000 });
    await source.ready;
    await server.stop();
    // Without that record the server has nobody to ask about elsewhere, and refuses.
    await startDnsmasq(HOST, port, ['host-record=pods.test,10.0.0.3']);
    await until(() => changes.length === 2);
    expect(last()).toEqual(['10.0.0.3:4569', '10.0.0.9:4569']);
    expect(problemsIn(log).at(-1)).toEqual([
      expect.stringMatching(
        /^A x\.elsewhere: the DNS server refused to answer \(REFUSED\); asked 127\.0\.0\.1:\d+ for x\.elsewhere\.$/,
      ),
    ]);
  });
});

describe('a DNS server', () => {
  it.each<[string, number, string | undefined]>([
    ['answers NOERROR without records: there are no targets', 0, undefined],
    ['answers NXDOMAIN: there are no targets', 3, undefined],
    ['fails', 2, 'the DNS server failed to answer (SERVFAIL)'],
    ['refuses', 5, 'the DNS server refused to answer (REFUSED)'],
    ['does not know what is asked', 4, 'the DNS server does not know this type of question (NOTIMP)'],
  ])('%s', async (_, code, problem) => {
    const { port } = await startAnswering(code);
    const { source, changes, refreshes, log } = polling(port, {});
    await source.ready;
    expect(changes.map(({ addresses }) => addresses)).toEqual(problem === undefined ? [[]] : []);
    expect(refreshes).toEqual([problem === undefined]);
    expect(problemsIn(log)).toEqual(
      problem === undefined ? [] : [[expect.stringContaining(`SRV ${SRV}: ${problem}; asked 127.0.0.1:`)]],
    );
  });

  it('does not answer: there is no list, not an empty one, and closing ends the question', async () => {
    const { port, questions } = await startAnswering(undefined);
    const { source, changes, refreshes } = polling(port, { refreshIntervalMs: 1000 });
    await source.ready;
    expect(questions.length).toBeGreaterThan(0);
    expect(changes).toEqual([]);
    expect(refreshes).toEqual([false]);
    source.close();
  });

  it('is asked for one name until it has records; one failure among the names is no empty list', async () => {
    const { port, questions } = await startAnswering(2);
    const { source, changes } = polling(port, { names: ['a.b'] }, temporaryFile('resolv.conf', 'search test\n'));
    await source.ready;
    expect(new Set(questions.map((question) => question.subarray(12).toString('latin1'))).size).toBe(2);
    expect(changes).toEqual([]);
  });
});
