/** An IP address as a number. An IPv4-mapped IPv6 address (`::ffff:10.0.0.5`) is the IPv4 address that it means. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const IPV4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;
const IPV6_WITH_IPV4 = /^([\da-f:]*:)(\d+\.[\d.]+)$/i;
const IPV6_GROUP = /^[\da-f]{1,4}$/i;
const IPV6_GROUPS = 8;
const MAPPED_PREFIX = 0xffffn;

/** Reads an address in its usual spelling: no octal, hexadecimal or short IPv4, no brackets, no zone; undefined when it is none. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { bits: 32, value: ipv4 };
  const ipv6 = parseIpv6(text);
  if (ipv6 === undefined) return undefined;
  return ipv6 >> 32n === MAPPED_PREFIX ? { bits: 32, value: lowBits(ipv6, 32n) } : { bits: 128, value: ipv6 };
}

/** The `count` lowest bits of a number. */
export function lowBits(value: bigint, count: bigint): bigint {
  return value & ((1n << count) - 1n);
}

function parseIpv4(text: string): bigint | undefined {
  const parts = IPV4.exec(text)?.slice(1).map(Number) ?? [];
  if (parts.length === 0 || parts.some((part) => part > 255)) return undefined;
  return joinParts(parts, 8n);
}

function parseIpv6(text: string): bigint | undefined {
  const match = IPV6_WITH_IPV4.exec(text);
  if (match === null) return parseGroups(text);
  const [, start = '', end = ''] = match;
  const ipv4 = parseIpv4(end);
  return ipv4 === undefined
    ? undefined
    : parseGroups(`${start}${(ipv4 >> 16n).toString(16)}:${lowBits(ipv4, 16n).toString(16)}`);
}

function parseGroups(text: string): bigint | undefined {
  const [head = [], tail, ...more] = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  if (more.length > 0) return undefined;
  const missing = IPV6_GROUPS - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (!groups.every((group) => IPV6_GROUP.test(group))) return undefined;
  return joinParts(
    groups.map((group) => Number.parseInt(group, 16)),
    16n,
  );
}

function joinParts(parts: readonly number[], bitsEach: bigint): bigint {
  return parts.reduce((value, part) => (value << bitsEach) | BigInt(part), 0n);
}
