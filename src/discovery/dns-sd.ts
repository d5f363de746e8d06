import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import type { DnsSdOptions } from '../config/settings.ts';
import { diagnoseDns } from '../diagnosis/dns.ts';
import type { StopSignal } from '../domain/stop-signal.ts';
import { fullNames } from './dns-names.ts';
import { startRefreshing, type TargetsDeps, type TargetsRead, type TargetsSource } from './targets-source.ts';

/** How a DNS source resolves names. */
export interface DnsSdDeps extends TargetsDeps {
  /** The file with the DNS servers and the search list; `/etc/resolv.conf` unless given. */
  readonly resolvConf?: string;
  /** DNS servers, `address:port` each; those of the system unless given. */
  readonly servers?: readonly string[];
}

type Answer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'failed'; readonly problem: string };

const NO_RECORDS: Answer = { kind: 'addresses', addresses: [] };

/** A name that does not exist is not a failure. */
const HINTS_OF_FAILURE = { hints: ['resolver-fails'] } as const;

/** c-ares queries a server this many times and doubles the timeout each time. */
const RETRY = { timeout: 2000, tries: 2 };

/**
 * Looks up targets in DNS at each interval. A name that does not exist, or has no records of the type, has no targets. If a
 * lookup fails, the name keeps its last good targets and the refresh fails.
 */
export function pollDnsSd(options: DnsSdOptions, deps: DnsSdDeps): TargetsSource {
  const { source, names, type, refreshIntervalMs } = options;
  const { resolvConf = '/etc/resolv.conf', servers } = deps;
  const good = new Map<string, readonly string[]>();

  async function read(signal: StopSignal): Promise<TargetsRead> {
    const system = await readFile(resolvConf, 'utf8').catch(() => '');
    // A new resolver each time: it reads the system's servers again and caches nothing.
    const resolver = new Resolver(RETRY);
    if (servers !== undefined) resolver.setServers(servers);
    signal.addEventListener('abort', () => resolver.cancel());
    const problems: string[] = [];
    const asked = names.map(async (name) => {
      const answer = await askFor(fullNames(name, system), (fullName) => lookUp(resolver, fullName, options));
      if (answer.kind === 'addresses') good.set(name, answer.addresses);
      else problems.push(`${type} ${name}: ${answer.problem}`);
    });
    await Promise.all(asked);
    if (good.size === 0 && problems.length > 0) return { targets: undefined, problems, ...HINTS_OF_FAILURE };
    // Servers rotate the order of records.
    const addresses = [...new Set([...good.values()].flat())].sort();
    return {
      targets: addresses.map((address) => ({ address, labels: new Map() })),
      problems: problems.sort(),
      ...(problems.length > 0 && HINTS_OF_FAILURE),
    };
  }

  return startRefreshing({ source, intervalMs: refreshIntervalMs, read }, deps);
}

/** The first answer with records. Without one, a failed lookup outweighs names that do not exist. */
async function askFor(names: readonly string[], ask: (name: string) => Promise<Answer>): Promise<Answer> {
  let failed: Answer | undefined;
  for (const name of names) {
    const answer = await ask(name);
    if (answer.kind === 'addresses' && answer.addresses.length > 0) return answer;
    if (answer.kind === 'failed') failed ??= answer;
  }
  return failed ?? NO_RECORDS;
}

async function lookUp(resolver: Resolver, name: string, { type, port }: DnsSdOptions): Promise<Answer> {
  try {
    return { kind: 'addresses', addresses: await targetsOf(resolver, name, type, port) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    // The server said that there is no such name, or none with records of this type.
    if (code === 'ENOTFOUND' || code === 'ENODATA') return NO_RECORDS;
    return { kind: 'failed', problem: diagnoseDns(code, name, resolver.getServers()) };
  }
}

async function targetsOf(
  resolver: Resolver,
  name: string,
  type: DnsSdOptions['type'],
  port: number,
): Promise<readonly string[]> {
  switch (type) {
    case 'A':
      return (await resolver.resolve4(name)).map((address) => `${address}:${port}`);
    case 'AAAA':
      return (await resolver.resolve6(name)).map((address) => `[${address}]:${port}`);
    case 'SRV': {
      const records = await resolver.resolveSrv(name);
      // By RFC 2782 the target "." says that the service is not available here.
      const offered = records.filter((record) => record.name !== '' && record.name !== '.');
      return offered.map((record) => `${record.name.replace(/\.$/, '').toLowerCase()}:${record.port}`);
    }
    default:
      return type satisfies never;
  }
}
