import { describe, expect, it } from 'vitest';
import { isHost, isLoopback, parseHttpUrl } from '../../src/config/health-url.ts';

describe('parseHttpUrl', () => {
  it.each([
    ['http://10.0.0.5:4569/health/status', 'http://10.0.0.5:4569/health/status', '10.0.0.5', undefined],
    ['HTTPS://Genesis.Example/', 'https://genesis.example/', 'genesis.example', undefined],
    ['http://[::1]:4569/x?y=1', 'http://[::1]:4569/x?y=1', '::1', undefined],
    ['http://bob:p%40ss@h/', 'http://h/', 'h', { username: 'bob', password: 'p@ss' }],
    ['http://bob@h/', 'http://h/', 'h', { username: 'bob', password: '' }],
    ['http://:pass@h/', 'http://h/', 'h', { username: '', password: 'pass' }],
    ['http://@h/', 'http://h/', 'h', undefined],
  ])('takes %j apart', (text, url, host, user) => {
    expect(parseHttpUrl(text)).toEqual({ url, host, user });
  });

  it.each([
    '',
    '10.0.0.5',
    'localhost:4569',
    'ftp://h/',
    'http://',
    'http:///x',
    'http://h:0/',
    'http://h:65536/',
    'http://h/#',
    'http://h/a b',
    ' http://h/',
    'http://h/\n',
    'http://h\\x',
    'http://%zz@h/',
    'http://bob:%ff@h/',
    'http://h/\ud800',
    'javascript:alert(1)',
  ])('refuses %j', (text) => {
    expect(parseHttpUrl(text)).toBeUndefined();
  });
});

describe('isHost', () => {
  it.each(['a', 'a.b-c_d', '10.0.0.5', '::1', 'fe80::5', 'x'.repeat(253)])('accepts %j', (text) => {
    expect(isHost(text)).toBe(true);
  });

  it.each(['', 'a b', 'a/b', '[::1]', 'a:80', '300.1.1.1', 'fe80::1%eth0', 'bücher', 'user@h', 'x'.repeat(254), 'a\n'])(
    'refuses %j',
    (text) => {
      expect(isHost(text)).toBe(false);
    },
  );
});

describe('isLoopback', () => {
  it.each([
    ['http://localhost/', true],
    ['http://a.localhost/', true],
    ['http://localhost./', true],
    ['http://127.0.0.1/', true],
    ['http://127.1/', true],
    ['http://127.255.0.9/', true],
    ['http://0.0.0.0/', true],
    ['http://[::1]/', true],
    ['http://[::]/', true],
    ['http://[::ffff:127.0.0.1]/', true],
    ['http://10.0.0.5/', false],
    ['http://[::2]/', false],
    ['http://[::ffff:10.0.0.5]/', false],
    ['http://127.example/', false],
    ['http://notlocalhost/', false],
    ['http://localhost.example/', false],
  ])('tells whether %j is this machine: %j', (text, expected) => {
    expect(isLoopback(parseHttpUrl(text)?.host ?? 'none')).toBe(expected);
  });
});
