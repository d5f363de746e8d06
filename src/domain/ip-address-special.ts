import { type IpAddress, lowBits } from './ip-address.ts';
import { parseIpRange, rangeHas } from './ip-address-range.ts';

/** Addresses that are not a node of a network: the machine itself, its link, multicast, or a cloud's metadata service. */
const SPECIAL_RANGES = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Metadata of Alibaba, Azure and Oracle.
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  // Unspecified, loopback, and the deprecated IPv4-compatible addresses.
  '::/96',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  // Metadata of Amazon and Google.
  'fd00:ec2::/32',
  'fd20:ce::/32',
  // Translations to unknown IPv4 addresses: a network's own NAT64 prefix, and Teredo.
  '64:ff9b:1::/48',
  '2001::/32',
]
  .map(parseIpRange)
  .filter((range) => range !== undefined);

/** IPv6 prefixes that are followed by an IPv4 address: NAT64 and 6to4. */
const EMBEDDINGS = [
  { prefix: 0x64_ff9b_0000_0000_0000_0000n, prefixBits: 96 },
  { prefix: 0x2002n, prefixBits: 16 },
] as const;

/**
 * How many leading bits make an address special: loopback, link-local, multicast, metadata and their like, also as the IPv4
 * address within an IPv6 one. A range that fixes fewer of them does not mean this address. Undefined for any other address.
 */
export function specialPrefixBits(address: IpAddress): number | undefined {
  const own = SPECIAL_RANGES.find((range) => rangeHas(range, address))?.prefixBits;
  if (own !== undefined || address.bits === 32) return own;
  const embedding = EMBEDDINGS.find(({ prefix, prefixBits }) => address.value >> BigInt(128 - prefixBits) === prefix);
  if (embedding === undefined) return undefined;
  const value = lowBits(address.value >> BigInt(96 - embedding.prefixBits), 32n);
  const embedded = specialPrefixBits({ bits: 32, value });
  return embedded === undefined ? undefined : embedding.prefixBits + embedded;
}
