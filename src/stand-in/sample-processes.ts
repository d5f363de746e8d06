import type { ProcessOptions } from './stand-in-process.ts';

/** MESSAGE of a process with an LMDB store, in the wording of Genesis 2022.3 and later. */
export function lmdbMessage(usedPercent: number, totalSize: string): string {
  return `;Lmdb currently uses ${usedPercent}% of available space (total size ${totalSize})`;
}

/** The eight processes of the platform's own sample answer, in its order and with its ports. */
export const SAMPLE_PROCESSES: readonly ProcessOptions[] = [
  { name: 'GENESIS_AUTH_MANAGER', port: 8001 },
  { name: 'GENESIS_AUTH_DATASERVER', port: 8002, message: lmdbMessage(1, '2GB') },
  { name: 'GENESIS_AUTH_PERMS', port: 8003 },
  { name: 'GENESIS_AUTH_REQUEST_SERVER', port: 8004 },
  { name: 'GENESIS_AUTH_CONSOLIDATOR', port: 8005 },
  { name: 'GENESIS_CLUSTER', port: 9000, message: lmdbMessage(1, '2GB') },
  { name: 'GENESIS_ROUTER', port: 9017 },
  { name: 'GENESIS_NOTIFY', port: 9018, message: lmdbMessage(1, '2GB') },
];
