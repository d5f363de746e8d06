import { spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { poll, temporaryFile } from './exporter-process.ts';
import { hasTool } from './promtool.ts';

/** A DNS server that answers from its own records for names below `.test`, and refuses all others. */
export interface DnsServer {
  stop(): Promise<void>;
}

/** Whether dnsmasq can be run; under CI its absence is an error. */
export function hasDnsmasq(): boolean {
  return hasTool('dnsmasq');
}

/** Starts dnsmasq with lines of its configuration such as `host-record=a.test,10.0.0.1`; it is ended with the test. */
export async function startDnsmasq(host: string, port: number, lines: readonly string[]): Promise<DnsServer> {
  const config = temporaryFile(
    'dnsmasq.conf',
    ['no-resolv', 'no-hosts', 'local=/test/', 'bind-interfaces', 'user=root', 'pid-file=', ...lines, ''].join('\n'),
  );
  const flags = [`--conf-file=${config}`, `--port=${port}`, `--listen-address=${host}`, '--keep-in-foreground'];
  const child = spawn('dnsmasq', flags, { stdio: 'ignore' });
  const ended = once(child, 'close');
  async function stop(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }
  onTestFinished(stop);
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`${host}:${port}`]);
  await poll(async () => {
    if (child.exitCode !== null) throw new Error(`dnsmasq ended with ${child.exitCode}`);
    const code = await resolver.resolve4('no-such-name.test').catch((error) => error.code);
    return code === 'ENOTFOUND' ? true : undefined;
  });
  return { stop };
}
