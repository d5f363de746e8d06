import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Looks a host name up: its IP addresses, at least one; rejects when it has none or the answer takes too long. */
export type HostLookup = (name: string) => Promise<readonly string[]>;

/** A lookup, by the system's resolver. A name is asked for once at a time, so that a dead resolver is not buried under questions. */
export function createHostLookup(timeoutMs: number, resolver: HostLookup = lookupAll): HostLookup {
  const underWay = new Map<string, Promise<readonly string[]>>();

  return (name) => {
    let asked = underWay.get(name);
    if (asked === undefined) {
      asked = resolver(name).finally(() => underWay.delete(name));
      underWay.set(name, asked);
    }
    return within(timeoutMs, asked, `the lookup of ${name} took longer than ${timeoutMs / 1000} s`);
  };
}

async function lookupAll(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true });
  return usableAddresses(
    found.map(({ address }) => address),
    hasIPv6(),
  );
}

/** Without IPv6 the IPv4 addresses, if any: containers often have `::1` for localhost in their hosts file and nothing behind it. */
export function usableAddresses(addresses: readonly string[], hasIPv6: boolean): readonly string[] {
  const ipv4 = addresses.filter(isIPv4);
  return hasIPv6 || ipv4.length === 0 ? addresses : ipv4;
}

function hasIPv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ family }) => family === 'IPv6'));
}

function within<T>(timeoutMs: number, promise: Promise<T>, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
