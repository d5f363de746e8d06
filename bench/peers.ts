import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Candidate, startCandidate } from './candidate.ts';
import { freePort } from './soak/free-port.ts';

/** Another exporter that is installed on this machine. */
export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly version: string;
}

/** A peer that is running. */
export interface RunningPeer extends Candidate {
  readonly url: string;
}

/** What is looked for, under the names that the projects and Debian give their programs. */
const COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['wrk', ['wrk']],
  ['blackbox_exporter', ['blackbox_exporter', 'prometheus-blackbox-exporter']],
  ['json_exporter', ['json_exporter', 'prometheus-json-exporter']],
]);

const CONFIGS: ReadonlyMap<string, object> = new Map([
  [
    'blackbox_exporter',
    {
      modules: {
        health: { prober: 'http', timeout: '5s', http: { valid_status_codes: [200, 503] } },
        connect: { prober: 'tcp', timeout: '3s' },
      },
    },
  ],
  ['json_exporter', { modules: { default: { metrics: [{ name: 'port', path: '{.PORT}' }] } } }],
]);

/** The program of this name, or undefined when it is not installed. */
export function findPeer(name: string): Peer | undefined {
  for (const command of COMMANDS.get(name) ?? []) {
    const { error, stdout, stderr } = spawnSync(command, [name === 'wrk' ? '-v' : '--version'], { encoding: 'utf8' });
    if (error === undefined)
      return { name, command, version: /\d+\.\d+(?:\.\d+)?/.exec(stdout + stderr)?.[0] ?? 'unknown' };
  }
  return undefined;
}

/** Starts a peer on loopback, with its configuration in `folder`. */
export async function startPeer({ name, command }: Peer, folder: string): Promise<RunningPeer> {
  const file = join(folder, `${name}.yml`);
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify(CONFIGS.get(name) ?? {}));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'];
  const candidate = await startCandidate(command, { args, readyUrl: `${url}/metrics` });
  return { ...candidate, url };
}
