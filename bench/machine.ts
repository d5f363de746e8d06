import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { findPeer } from './peers.ts';

/** What was measured where, a line each. */
export interface Surroundings {
  readonly lines: readonly string[];
  /** Programs that were looked for in vain. */
  readonly missing: readonly string[];
}

const PEERS = ['wrk', 'blackbox_exporter', 'json_exporter'] as const;

/** Looks at this machine, before anything else makes it busy. */
export function lookAround(): Surroundings {
  const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  const found = PEERS.map((name) => ({ name, peer: findPeer(name) }));
  const machine = [
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${type()} ${release()}`,
    `load ${loadavg()[0]?.toFixed(1)} at the start`,
  ];
  const versions = found.flatMap(({ name, peer }) => (peer === undefined ? [] : [`${name} ${peer.version}`]));
  const missing = found.filter(({ peer }) => peer === undefined).map(({ name }) => name);
  return {
    lines: [
      `genesis-exporter ${version}, Node.js ${process.versions.node}, ${versions.join(', ')}`,
      machine.join(', '),
      ...(missing.length === 0 ? [] : [`Not installed, so not measured: ${missing.join(', ')}`]),
    ],
    missing,
  };
}
