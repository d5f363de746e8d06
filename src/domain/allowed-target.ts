import { type IpAddress, parseIpAddress } from './ip-address.ts';
import { type IpRange, parseIpRange, rangeHas } from './ip-address-range.ts';
import { specialPrefixBits } from './ip-address-special.ts';
import { isHostName, splitHostPort, type TargetAddress, withoutBrackets } from './target-address.ts';

/** One entry of `probe.allowed_targets`: a pattern of host names or a range of addresses, and a port. */
export interface AllowedTarget {
  /** The entry as it was written. */
  readonly text: string;
  readonly host:
    | { readonly kind: 'pattern'; readonly pattern: string }
    | { readonly kind: 'range'; readonly range: IpRange };
  readonly port: number;
}

/** Reads `*.genesis.svc:4569`, `10.0.0.0/8:4569`, `10.0.0.5:4569` or `[fd00::/8]:4569`; undefined when it is none of these. */
export function parseAllowedTarget(text: string): AllowedTarget | undefined {
  const parts = splitHostPort(text);
  if (parts === undefined) return undefined;
  const { port } = parts;
  const host = parts.host.toLowerCase();
  const bracketed = withoutBrackets(host);
  const range = parseIpRange(bracketed ?? host);
  const isBracketedRightly = (bracketed !== undefined) === host.includes(':');
  if (range !== undefined && isBracketedRightly) return { text, host: { kind: 'range', range }, port };
  return isHostPattern(host) ? { text, host: { kind: 'pattern', pattern: host }, port } : undefined;
}

/** Whether a target is admitted: a name by a pattern, an address by a range. Check this before any lookup or connection. */
export function admitsTarget(allowed: readonly AllowedTarget[], { host, port }: TargetAddress): boolean {
  const address = parseIpAddress(host);
  if (address !== undefined) return inRanges(allowed, address, port);
  return allowed.some(
    (entry) => entry.port === port && entry.host.kind === 'pattern' && hostPatternMatches(entry.host.pattern, host),
  );
}

/**
 * Whether the exporter may connect to `address`, to which an admitted name resolved. Loopback, link-local, metadata and similar
 * addresses are admitted only if a range names them.
 */
export function admitsResolved(allowed: readonly AllowedTarget[], address: string, port: number): boolean {
  const parsed = parseIpAddress(address);
  if (parsed === undefined) return false;
  return specialPrefixBits(parsed) === undefined || inRanges(allowed, parsed, port);
}

/** A special address matches only a range of special addresses: `0.0.0.0/0` does not admit loopback. */
function inRanges(allowed: readonly AllowedTarget[], address: IpAddress, port: number): boolean {
  const leastPrefixBits = specialPrefixBits(address) ?? 0;
  return allowed.some(
    (entry) =>
      entry.port === port &&
      entry.host.kind === 'range' &&
      entry.host.range.prefixBits >= leastPrefixBits &&
      rangeHas(entry.host.range, address),
  );
}

const WILDCARD = '*';

/**
 * Whether a text is a pattern of host names in lower case: a name, in which `*` stands for one or more labels as the first
 * label, and else for any characters of one label, at most once in each. The last of several labels is without.
 */
export function isHostPattern(text: string): boolean {
  const labels = text.split('.');
  if (labels.length > 1 && labels.at(-1)?.includes(WILDCARD)) return false;
  if (labels.some((label) => label.split(WILDCARD).length > 2)) return false;
  return isHostName(text.replaceAll(WILDCARD, 'x'));
}

/** Whether a host name in lower case matches a pattern. */
export function hostPatternMatches(pattern: string, name: string): boolean {
  const patterns = pattern.split('.');
  const labels = name.split('.');
  if (patterns[0] !== WILDCARD) return labelsMatch(patterns, labels);
  const rest = patterns.slice(1);
  return labels.length > rest.length && labelsMatch(rest, labels.slice(labels.length - rest.length));
}

function labelsMatch(patterns: readonly string[], labels: readonly string[]): boolean {
  return patterns.every((pattern, index) => labelMatches(pattern, labels[index])) && patterns.length === labels.length;
}

function labelMatches(pattern: string, label: string | undefined): boolean {
  if (label === undefined) return false;
  const [start = '', end] = pattern.split(WILDCARD);
  if (end === undefined) return label === pattern;
  return label.length >= start.length + end.length && label.startsWith(start) && label.endsWith(end);
}
