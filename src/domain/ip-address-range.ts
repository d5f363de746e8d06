import { type IpAddress, lowBits, parseIpAddress } from './ip-address.ts';

/** All addresses that begin with the same bits. */
export interface IpRange {
  /** The first of them, or another one. */
  readonly first: IpAddress;
  readonly prefixBits: number;
}

const RANGE = /^([^/]+?)(?:\/(0|[1-9]\d{0,2}))?$/;
const MAPPED_PREFIX_BITS = 96;

/** Reads a CIDR or a single address; undefined when it is neither, or when bits are set behind the prefix (`10.0.0.5/8`). */
export function parseIpRange(text: string): IpRange | undefined {
  const range = readIpRange(text);
  if (range === undefined) return undefined;
  const { first, prefixBits } = range;
  return lowBits(first.value, BigInt(first.bits - prefixBits)) === 0n ? range : undefined;
}

/** Reads a CIDR or a single address, with any bits behind the prefix; undefined when it is neither. */
export function readIpRange(text: string): IpRange | undefined {
  const [, addressText = '', prefixText] = RANGE.exec(text) ?? [];
  const first = parseIpAddress(addressText);
  if (first === undefined) return undefined;
  const isMapped = first.bits === 32 && addressText.includes(':');
  const prefixBits = prefixText === undefined ? first.bits : Number(prefixText) - (isMapped ? MAPPED_PREFIX_BITS : 0);
  return prefixBits < 0 || prefixBits > first.bits ? undefined : { first, prefixBits };
}

/** Whether an address is in a range; IPv4 and IPv6 have none in common. */
export function rangeHas({ first, prefixBits }: IpRange, { bits, value }: IpAddress): boolean {
  const hostBits = BigInt(bits - prefixBits);
  return bits === first.bits && value >> hostBits === first.value >> hostBits;
}
