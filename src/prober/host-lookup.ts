import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createLimiter } from './limiter.ts';

/** Looks a host name up: its IP addresses, at least one; rejects when it has none. */
export type HostLookup = (name: string) => Promise<readonly string[]>;

/**
 * A lookup blocks one of the four threads with which Node.js also reads files. At most three threads look names up, so that one
 * stays free for files; at most two of these look up names that were slow the last time, so that the other names are not late.
 */
const MAX_LOOKUPS = 3;
const MAX_SLOW_LOOKUPS = 2;
const SLOW_MS = 1000;

/**
 * The lookup of the whole program. Callers that ask for a name while its lookup goes on share the answer. There is no deadline,
 * because the system's resolver cannot be interrupted: see `lookupWithin`.
 */
export function createHostLookup(resolver: HostLookup = lookupAll): HostLookup {
  const pending = new Map<string, Promise<readonly string[]>>();
  const slowNames = new Set<string>();
  const limiter = createLimiter(MAX_LOOKUPS);
  const slowLimiter = createLimiter(MAX_SLOW_LOOKUPS);

  async function resolve(name: string): Promise<readonly string[]> {
    const startedMs = performance.now();
    try {
      return await resolver(name);
    } finally {
      if (performance.now() - startedMs < SLOW_MS) slowNames.delete(name);
      else slowNames.add(name);
    }
  }

  async function ask(name: string): Promise<readonly string[]> {
    const run = () => inSlot(limiter, () => resolve(name));
    try {
      return await (slowNames.has(name) ? inSlot(slowLimiter, run) : run());
    } finally {
      pending.delete(name);
    }
  }

  return (name) => {
    const asked = pending.get(name) ?? ask(name);
    pending.set(name, asked);
    return asked;
  };
}

/** A lookup that rejects after `timeoutMs`; the lookup itself goes on. */
export function lookupWithin(lookup: HostLookup, timeoutMs: number): HostLookup {
  return (name) =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`no answer within ${timeoutMs / 1000} s`));
      const timer = setTimeout(giveUp, timeoutMs);
      lookup(name)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
}

async function inSlot<T>(limiter: ReturnType<typeof createLimiter>, work: () => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => limiter.acquire(resolve));
  return work().finally(limiter.release);
}

async function lookupAll(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true });
  return usableAddresses(
    found.map(({ address }) => address),
    hasIPv6(),
  );
}

/** On a machine without IPv6 keeps the IPv4 addresses alone, if there are any: many containers list `::1` for localhost although IPv6 is off. */
export function usableAddresses(addresses: readonly string[], hasIPv6: boolean): readonly string[] {
  const ipv4 = addresses.filter(isIPv4);
  return hasIPv6 || ipv4.length === 0 ? addresses : ipv4;
}

function hasIPv6(): boolean {
  try {
    return hasIPv6Interface();
  } catch {
    // Listing the interfaces needs a descriptor, and none may be left.
    return true;
  }
}

function hasIPv6Interface(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ family }) => family === 'IPv6'));
}
