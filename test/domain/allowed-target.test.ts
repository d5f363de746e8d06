import { describe, expect, it } from 'vitest';
import {
  admitsResolved,
  admitsTarget,
  hostPatternMatches,
  isHostPattern,
  parseAllowedTarget,
} from '../../src/domain/allowed-target.ts';
import { parseTargetAddress } from '../../src/domain/target-address.ts';

function entries(...texts: readonly string[]) {
  return texts.map(parseAllowedTarget).filter((entry) => entry !== undefined);
}

describe('an entry of probe.allowed_targets', () => {
  it.each([
    ['*.genesis.svc:4569', 'pattern', 4569],
    ['*.Genesis.SVC:4569', 'pattern', 4569],
    ['genesis-*:1', 'pattern', 1],
    ['*:65535', 'pattern', 65_535],
    ['10.0.0.0/8:4569', 'range', 4569],
    ['10.0.0.5:4569', 'range', 4569],
    ['[fd00::/8]:4569', 'range', 4569],
    ['[::1]:4569', 'range', 4569],
  ])('%s is a %s', (text, kind, port) => {
    expect(parseAllowedTarget(text)).toMatchObject({ text, host: { kind }, port });
  });

  it.each([
    '',
    ':4569',
    'genesis',
    'genesis:',
    'genesis:0',
    'genesis:04569',
    'genesis:65536',
    'genesis:http',
    'genesis:*',
    'genesis.:4569',
    '.genesis:4569',
    'genesis.*:4569',
    '10.0.0.*:4569',
    '*.1:4569',
    'a**b:4569',
    '*a*:4569',
    '10.0.0.5/8:4569',
    '10.0.0.0/8',
    '256.0.0.1:4569',
    '127.1:4569',
    'fd00::/8:4569',
    '[fd00::]/8:4569',
    '[10.0.0.5]:4569',
    '[genesis]:4569',
    'http://genesis:4569',
    'genesis:4569/',
    'user@genesis:4569',
    ' genesis:4569',
    'gen esis:4569',
    'génesis:4569',
    `${'a'.repeat(64)}:4569`,
    `${'a.'.repeat(127)}a:4569`,
  ])('is not read from %j', (text) => {
    expect(parseAllowedTarget(text)).toBeUndefined();
  });
});

describe('a host pattern', () => {
  it.each([
    ['genesis', 'genesis', true],
    ['genesis', 'genesis.svc', false],
    ['genesis.svc', 'genesis', false],
    ['*.genesis.svc', 'a.genesis.svc', true],
    ['*.genesis.svc', 'a.b.c.genesis.svc', true],
    ['*.genesis.svc', 'genesis.svc', false],
    ['*.genesis.svc', 'agenesis.svc', false],
    ['*.genesis.svc', 'a.genesis.svc.evil', false],
    ['genesis-*', 'genesis-0', true],
    ['genesis-*', 'genesis-', true],
    ['genesis-*', 'genesis-0.evil', false],
    ['genesis-*-a.svc', 'genesis-1-a.svc', true],
    ['genesis-*-a.svc', 'genesis-a.svc', false],
    ['a.*.svc', 'a.b.svc', true],
    ['a.*.svc', 'a.b.c.svc', false],
    ['*.node-*.svc', 'x.y.node-1.svc', true],
    ['*.node-*.svc', 'node-1.svc', false],
    ['*', 'anything.at.all', true],
  ])('%s and %s: %s', (pattern, name, expected) => {
    expect(isHostPattern(pattern)).toBe(true);
    expect(hostPatternMatches(pattern, name)).toBe(expected);
  });
});

describe('a target', () => {
  it.each([
    ['genesis:4569', 'genesis', 4569],
    ['Node_1.Genesis.svc:1', 'node_1.genesis.svc', 1],
    ['10.0.0.5:65535', '10.0.0.5', 65_535],
    ['[::1]:4569', '::1', 4569],
    ['[::FFFF:10.0.0.5]:4569', '::ffff:10.0.0.5', 4569],
    ['xn--mnchen-3ya.de:80', 'xn--mnchen-3ya.de', 80],
  ])('is read from %s', (text, host, port) => {
    expect(parseTargetAddress(text)).toEqual({ host, port });
  });

  it.each([
    '',
    'genesis',
    ':4569',
    'genesis:',
    'genesis:0',
    'genesis:080',
    'genesis:+80',
    'genesis:80 ',
    'genesis:65536',
    'genesis:99999999999999999999',
    '2130706433:80',
    '017700000001:80',
    '0177.0.0.1:80',
    '0x7f.1:80',
    '0x7f000001:80',
    '127.1:80',
    '127.0.1:80',
    '127.0.0.1.:80',
    '256.256.256.256:80',
    'a.1:80',
    'a.0x1:80',
    '::1:80',
    '[::1:80',
    '[127.0.0.1]:80',
    '[genesis]:80',
    '[fe80::1%25eth0]:80',
    'user@genesis:80',
    'user:password@genesis:80',
    'genesis@127.0.0.1:80',
    'http://genesis:80',
    '//genesis:80',
    'genesis:80/',
    'genesis:80/health:80',
    'genesis/x:80',
    'genesis\\x:80',
    'genesis?x:80',
    'genesis#x:80',
    'gen%65sis:80',
    '%31%32%37.0.0.1:80',
    'genesis.:80',
    'a..b:80',
    ' genesis:80',
    'gen\nesis:80',
    'gen\u0000esis:80',
    'münchen.de:80',
    '①②⑦.⓪.⓪.①:80',
    'genesis。svc:80',
    'xn--:80',
    '*:80',
    '*.genesis.svc:80',
    '10.0.0.0/8:80',
    'a'.repeat(64).concat(':80'),
    'x'.repeat(1_000_000),
  ])('is not read from %j', (text) => {
    expect(parseTargetAddress(text)).toBeUndefined();
  });
});

describe('what is allowed', () => {
  const allowed = entries('*.genesis.svc:4569', '10.0.0.0/8:4569', '[fd00::/8]:4569', '0.0.0.0/0:80', '127.0.0.1:81');

  it.each([
    ['a.genesis.svc:4569', true],
    ['a.genesis.svc:80', false],
    ['genesis.svc:4569', false],
    ['10.1.2.3:4569', true],
    ['10.1.2.3:81', false],
    ['11.1.2.3:4569', false],
    ['[::ffff:10.1.2.3]:4569', true],
    ['[64:ff9b::10.1.2.3]:4569', false],
    ['[fd00::1]:4569', true],
    ['[fd00:ec2::254]:4569', false],
    ['8.8.8.8:80', true],
    ['127.0.0.1:80', false],
    ['0.0.0.0:80', false],
    ['169.254.169.254:80', false],
    ['[::ffff:169.254.169.254]:80', false],
    ['127.0.0.1:81', true],
    ['127.0.0.2:81', false],
    ['[::ffff:127.0.0.1]:81', true],
    ['localhost:81', false],
  ])('%s: %s', (text, expected) => {
    const target = parseTargetAddress(text);
    expect(target && admitsTarget(allowed, target)).toBe(expected);
  });

  it.each([
    ['10.1.2.3', 4569, true],
    ['8.8.8.8', 4569, true],
    ['2001:db8::1', 4569, true],
    ['127.0.0.1', 4569, false],
    ['127.0.0.1', 80, false],
    ['127.0.0.1', 81, true],
    ['::ffff:127.0.0.1', 4569, false],
    ['169.254.169.254', 4569, false],
    ['64:ff9b::169.254.169.254', 4569, false],
    ['fd00:ec2::254', 4569, false],
    ['fe80::1%eth0', 4569, false],
    ['', 4569, false],
  ])('a name that resolves to %s at port %i: %s', (address, port, expected) => {
    expect(admitsResolved(allowed, address, port)).toBe(expected);
  });

  it('is link-local where a range names it', () => {
    const metadata = entries('169.254.0.0/16:80', '[fe80::/10]:80');
    for (const address of ['169.254.169.254', 'fe80::1']) expect(admitsResolved(metadata, address, 80)).toBe(true);
    expect(admitsResolved(metadata, 'ff02::1', 80)).toBe(false);
  });

  it('is nothing without an entry', () => {
    for (const host of ['genesis', '10.0.0.5', '::1']) expect(admitsTarget([], { host, port: 4569 })).toBe(false);
  });
});
