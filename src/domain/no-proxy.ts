import { type IpAddress, parseIpAddress } from './ip-address.ts';
import { type IpRange, rangeHas, readIpRange } from './ip-address-range.ts';
import { withoutBrackets } from './target-address.ts';

/** One entry of `no_proxy`: hosts that are reached without a proxy. A port is compared as it is written; undefined for each. */
export type NoProxyEntry =
  | { readonly kind: 'all' }
  | { readonly kind: 'range'; readonly range: IpRange }
  | { readonly kind: 'address'; readonly address: IpAddress; readonly port: string | undefined }
  | {
      readonly kind: 'domain';
      /** The end of the names that are meant, with a dot first. */
      readonly suffix: string;
      /** Whether the domain itself is meant too, not only what is below it. */
      readonly hasApex: boolean;
      readonly port: string | undefined;
    };

const PORT = /^(?:[1-9]\d{0,4})?$/;
const DOMAIN = /^(?:\.[\w-]+)+\.?$/;
const LOOPBACK: readonly IpRange[] = ['127.0.0.0/8', '::1'].map(readIpRange).filter((range) => range !== undefined);

/** The entries of `no_proxy` and `NO_PROXY`, which are parted by commas; undefined for each that no host can match. */
export function parseNoProxy(text: string): readonly (NoProxyEntry | undefined)[] {
  const entries = text.split(',').map((entry) => entry.trim().toLowerCase());
  return entries.filter((entry) => entry !== '').map(parseEntry);
}

/**
 * Whether a request to a host goes past the proxy, as Go's httpproxy decides: this machine itself always does. The host is
 * in lower case and without brackets.
 */
export function goesPastProxy(entries: readonly NoProxyEntry[], host: string, port: string): boolean {
  const address = parseIpAddress(host);
  const isLocal = host === 'localhost' || (address !== undefined && LOOPBACK.some((range) => rangeHas(range, address)));
  return isLocal || entries.some((entry) => matches(entry, host, address, port));
}

function matches(entry: NoProxyEntry, host: string, address: IpAddress | undefined, port: string): boolean {
  switch (entry.kind) {
    case 'all':
      return true;
    case 'range':
      return address !== undefined && rangeHas(entry.range, address);
    case 'address':
      return isSame(entry.address, address) && (entry.port ?? port) === port;
    case 'domain': {
      const isMeant = host.endsWith(entry.suffix) || (entry.hasApex && host === entry.suffix.slice(1));
      return address === undefined && isMeant && (entry.port ?? port) === port;
    }
    /* v8 ignore next 2 */
    default:
      return entry satisfies never;
  }
}

function isSame(one: IpAddress, other: IpAddress | undefined): boolean {
  return one.bits === other?.bits && one.value === other.value;
}

function parseEntry(entry: string): NoProxyEntry | undefined {
  if (entry === '*') return { kind: 'all' };
  const range = entry.includes('/') ? readIpRange(entry) : undefined;
  if (range !== undefined) return { kind: 'range', range };
  const { host, port } = splitPort(entry);
  if (!PORT.test(port) || Number(port) > 65_535) return undefined;
  const address = parseIpAddress(host);
  if (address !== undefined) return { kind: 'address', address, port: port === '' ? undefined : port };
  const hasApex = !/^(?:\*?\.)/.test(host);
  const suffix = toAscii(hasApex ? `.${host}` : host.replace(/^\*/, ''));
  return DOMAIN.test(suffix) ? { kind: 'domain', suffix, hasApex, port: port === '' ? undefined : port } : undefined;
}

/** Only an IPv6 address with a port is in brackets; one without is more than one colon. */
function splitPort(entry: string): { readonly host: string; readonly port: string } {
  const colon = entry.lastIndexOf(':');
  const host = entry.slice(0, Math.max(colon, 0));
  const bracketed = withoutBrackets(host);
  if (colon === -1 || (host.includes(':') && bracketed === undefined)) return { host: entry, port: '' };
  return { host: bracketed ?? host, port: entry.slice(colon + 1) };
}

/** A domain with a dot first, other letters than those of ASCII in Punycode. */
function toAscii(suffix: string): string {
  const url = `http://x${suffix}/`;
  const isOther = /\P{ASCII}/u.test(suffix) && /^[\w.\P{ASCII}-]+$/u.test(suffix);
  return isOther && URL.canParse(url) ? new URL(url).hostname.slice(1) : suffix;
}
