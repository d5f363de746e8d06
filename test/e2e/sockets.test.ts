import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { eventually, poll, runMain, startExporter, startMain } from '../helpers/exporter-process.ts';
import { hasTool } from '../helpers/promtool.ts';
import { closedPort } from '../helpers/servers.ts';
import { askSocket, socketPath } from '../helpers/unix-socket.ts';

describe('--web.listen-address=unix:', () => {
  it('serves a socket beside a port, outlives a kill, and removes the socket at the stop', async () => {
    const path = socketPath();
    const flag = `--web.listen-address=unix:${path}`;
    const first = await startExporter([flag]);
    expect((await fetch(`${first.url}/-/healthy`)).status).toBe(200);
    expect(first.log()).toContainEqual(expect.objectContaining({ urls: [first.url, `unix:${path}`] }));
    expect(await askSocket(path, '/-/healthy')).toBe(200);

    const { code, stderr } = await runMain([flag]);
    expect(stderr).toBe(`genesis-exporter: cannot listen on unix:${path}: the socket is in use\n`);
    expect(code).toBe(1);
    expect(await askSocket(path, '/-/healthy')).toBe(200);

    first.kill('SIGKILL');
    await first.ended;
    expect(existsSync(path)).toBe(true);
    const second = await startExporter([flag]);
    expect(await askSocket(path, '/-/healthy')).toBe(200);
    second.kill('SIGTERM');
    expect((await second.ended).code).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  it('ends with 1 where a file is, and leaves the file', async () => {
    const path = socketPath();
    writeFileSync(path, 'precious');
    const { code, stderr } = await runMain([`--web.listen-address=unix:${path}`]);
    expect(stderr).toBe(`genesis-exporter: cannot listen on unix:${path}: there is a file that is not a socket\n`);
    expect(code).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('has the demo say how to ask', async () => {
    const path = socketPath();
    const { output, kill, ended } = startMain(['demo', `--web.listen-address=unix:${path}`]);
    await poll(async () => (output.stdout.includes('Ctrl-C') ? true : undefined));
    expect(output.stdout).toContain(`\n  curl --unix-socket ${path} http://localhost/health/status `);
    expect(await askSocket(path, '/')).toBe(200);
    kill('SIGINT');
    expect((await ended).code).toBe(0);
  });
});

describe('--web.systemd-socket', () => {
  it.skipIf(!hasTool('systemd-socket-activate'))(
    'listens on all sockets that systemd passes, and on no other',
    async () => {
      const [path, port, ignored] = [socketPath(), await closedPort(), await closedPort()];
      const sockets = [`--listen=127.0.0.1:${port}`, `--listen=${path}`, '--fdname=web:local'];
      const flags = ['--web.systemd-socket', `--web.listen-address=127.0.0.1:${ignored}`];
      const child = spawn('systemd-socket-activate', [...sockets, ...inject('commandLine'), ...flags]);
      const ended = once(child, 'close');
      onTestFinished(async () => {
        child.kill('SIGKILL');
        await ended;
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
      await eventually(async () => expect(said).toContain(`Listening on ${path}`));
      // The first to come starts the exporter and waits for its answer.
      expect((await fetch(`http://127.0.0.1:${port}/-/healthy`)).status).toBe(200);
      expect(await askSocket(path, '/-/healthy')).toBe(200);
      await expect(fetch(`http://127.0.0.1:${ignored}/`)).rejects.toThrow();
      const log = said.split('\n').filter((line) => line.startsWith('{'));
      expect(log.map((line) => JSON.parse(line))).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ urls: [`http://127.0.0.1:${port}`, 'systemd:local'] }),
          expect.objectContaining({ level: 'warn', msg: expect.stringContaining('--web.listen-address is ignored') }),
        ]),
      );
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect(existsSync(path)).toBe(true);
    },
  );

  it.skipIf(!hasTool('systemd-socket-activate'))('ends with 1 and names a socket that does not listen', async () => {
    const port = await closedPort();
    const sockets = [`--listen=127.0.0.1:${port}`, '--datagram', '--fdname=udp'];
    const child = spawn('systemd-socket-activate', [...sockets, ...inject('commandLine'), '--web.systemd-socket']);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    const ended = once(child, 'close');
    onTestFinished(() => void child.kill('SIGKILL'));
    await eventually(async () => expect(said).toContain(`Listening on 127.0.0.1:${port}`));
    const sender = createSocket('udp4');
    sender.send('a', port, '127.0.0.1', () => sender.close());
    expect(await ended).toEqual([1, null]);
    expect(said).toContain('genesis-exporter: cannot listen on systemd:udp: it is not a listening socket\n');
  });

  it.each([
    ['nothing', {}],
    ['sockets of another process', { LISTEN_PID: '1', LISTEN_FDS: '1' }],
  ])('ends with 1 when it was passed %s', async (_what, env) => {
    const { code, stderr } = await runMain(['--web.systemd-socket', '--web.listen-address=127.0.0.1:0'], env);
    expect(stderr).toBe(
      'genesis-exporter: --web.systemd-socket: systemd passed no socket; start the .socket unit, or leave the flag out\n',
    );
    expect(code).toBe(1);
  });
});
