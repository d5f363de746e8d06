import { describe, expect, it } from 'vitest';
import { parseIpAddress } from '../../src/domain/ip-address.ts';
import { parseIpRange, rangeHas } from '../../src/domain/ip-address-range.ts';
import { specialPrefixBits } from '../../src/domain/ip-address-special.ts';

describe('an address', () => {
  it.each([
    ['0.0.0.0', 32, 0n],
    ['10.0.0.5', 32, 0x0a000005n],
    ['255.255.255.255', 32, 0xffffffffn],
    ['::', 128, 0n],
    ['::1', 128, 1n],
    ['1::', 128, 1n << 112n],
    ['fe80::1', 128, (0xfe80n << 112n) | 1n],
    ['FD00:EC2::254', 128, (0xfd00_0ec2n << 96n) | 0x254n],
    ['1:2:3:4:5:6:7:8', 128, 0x0001_0002_0003_0004_0005_0006_0007_0008n],
    ['::ffff:10.0.0.5', 32, 0x0a000005n],
    ['::ffff:a00:5', 32, 0x0a000005n],
    ['0:0:0:0:0:ffff:0a00:0005', 32, 0x0a000005n],
    ['::10.0.0.5', 128, 0x0a000005n],
    ['64:ff9b::10.0.0.5', 128, (0x64_ff9bn << 96n) | 0x0a000005n],
  ])('%s has %i bits', (text, bits, value) => {
    expect(parseIpAddress(text)).toEqual({ bits, value });
  });

  it.each([
    '',
    '10',
    '10.0.0',
    '10.0.0.0.0',
    '10.0.0.256',
    '010.0.0.5',
    '0x7f.0.0.1',
    '2130706433',
    '127.1',
    ' 10.0.0.5',
    '10.0.0.5\n',
    '10.0.0.5/8',
    '1０.0.0.5',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '::1::',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '12345::',
    'g::',
    '[::1]',
    'fe80::1%eth0',
    '::ffff:10.0.0.256',
    '::ffff:010.0.0.5',
    '10.0.0.5::',
    '1:2:3:4:5:6:7:10.0.0.5',
    '1:'.repeat(10_000),
  ])('is not read from %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });
});

describe('a range', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::10.1.2.3', false],
    ['10.0.0.5', '10.0.0.5', true],
    ['10.0.0.5', '10.0.0.4', false],
    ['10.0.0.5/32', '10.0.0.5', true],
    ['0.0.0.0/0', '255.1.2.3', true],
    ['0.0.0.0/0', '::', false],
    ['::/0', 'fd00::1', true],
    ['::/0', '10.0.0.5', false],
    ['fd00::/8', 'fdff::1', true],
    ['fd00::/8', 'fe00::1', false],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['::ffff:10.0.0.5', '10.0.0.5', true],
  ])('%s and %s: %s', (text, address, expected) => {
    const [range, parsed] = [parseIpRange(text), parseIpAddress(address)];
    expect(range !== undefined && parsed !== undefined && rangeHas(range, parsed)).toBe(expected);
  });

  it.each([
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.5/8',
    '10/8',
    '::/129',
    'fd00::1/8',
    '::ffff:10.0.0.0/95',
    '::ffff:10.0.0.0/8',
    '10.0.0.0/255.0.0.0',
  ])('is not read from %j', (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });
});

describe('a special address', () => {
  it.each([
    ['0.0.0.0', 8],
    ['127.0.0.1', 8],
    ['127.255.255.254', 8],
    ['169.254.169.254', 16],
    ['::ffff:169.254.169.254', 16],
    ['224.0.0.1', 4],
    ['255.255.255.255', 4],
    ['100.100.100.200', 32],
    ['168.63.129.16', 32],
    ['192.0.0.192', 32],
    ['::', 96],
    ['::1', 96],
    ['::7f00:1', 96],
    ['fe80::1', 10],
    ['febf::1', 10],
    ['fec0::1', 10],
    ['ff02::1', 8],
    ['fd00:ec2::254', 32],
    ['fd20:ce::254', 32],
    ['64:ff9b::127.0.0.1', 104],
    ['64:ff9b::169.254.169.254', 112],
    ['64:ff9b:1::10.0.0.5', 48],
    ['2002:7f00:1::', 24],
    ['2002:a9fe:a9fe::1', 32],
    ['2001:0:1::1', 32],
  ])('%s has %i bits that make it one', (text, bits) => {
    const address = parseIpAddress(text);
    expect(address && specialPrefixBits(address)).toBe(bits);
  });

  it.each([
    '1.0.0.0',
    '10.0.0.5',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '172.16.0.1',
    '192.168.1.1',
    '223.255.255.255',
    '2001:db8::1',
    'fd00::1',
    'fd00:ec3::1',
    '64:ff9b::10.0.0.5',
    '2002:a00:5::1',
  ])('is not %s', (text) => {
    const address = parseIpAddress(text);
    expect(address).toBeDefined();
    expect(address && specialPrefixBits(address)).toBeUndefined();
  });
});
