import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/options.ts';

const LONGEST = `/${'a'.repeat(106)}`;

function addressesOf(...args: readonly string[]): unknown {
  const task = parseCommandLine(args, {}, '1.2.3');
  return task.kind === 'serve' || task.kind === 'demo' ? task.options.addresses : task;
}

describe('--web.listen-address', () => {
  it.each([
    [':14569', { host: undefined, port: 14_569 }],
    ['127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['[::1]:80', { host: '::1', port: 80 }],
    ['unix:80', { host: 'unix', port: 80 }],
    ['unix:/run/genesis-exporter.sock', { path: '/run/genesis-exporter.sock' }],
    ['unix:/run/a b:1', { path: '/run/a b:1' }],
    [`unix:${LONGEST}`, { path: LONGEST }],
  ])('reads %s', (text, address) => {
    expect(addressesOf(`--web.listen-address=${text}`)).toEqual([address]);
    expect(addressesOf('demo', `--web.listen-address=${text}`)).toEqual([address]);
  });

  it('takes sockets and ports together', () => {
    const both = [{ host: undefined, port: 1 }, { path: '/a' }, { path: '/b' }];
    expect(addressesOf('--web.listen-address=:1,unix:/a', '--web.listen-address=unix:/b')).toEqual(both);
  });

  it.each([
    ['unix:', 'or unix:/PATH'],
    ['unix:/', 'or unix:/PATH'],
    ['unix:/run/', 'or unix:/PATH'],
    ['unix:run/a.sock', 'or unix:/PATH'],
    ['unix:/run/a\u0000b', 'or unix:/PATH'],
    [`unix:${LONGEST}a`, 'at most 107 bytes'],
    ['unix:/a,/b', 'or unix:/PATH'],
    [`unix:/${'ü'.repeat(54)}`, 'at most 107 bytes'],
    ['/run/a.sock', 'or unix:/PATH'],
  ])('does not take %j', (text, message) => {
    const parse = () => addressesOf(`--web.listen-address=${text}`);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});

describe('--log.format', () => {
  it.each(['json', 'logfmt', 'pretty'])('is %s for each command that logs', (format) => {
    for (const command of [[], ['demo'], ['check']]) {
      const task = parseCommandLine([...command, `--log.format=${format}`], {}, '1.2.3');
      expect(task).toMatchObject({ options: { log: { format } } });
    }
  });

  it('is no other', () => {
    expect(() => parseCommandLine(['--log.format=xml'], {}, '1.2.3')).toThrow(
      'Allowed choices are json, logfmt, pretty',
    );
  });
});

describe('--web.systemd-socket', () => {
  it.each([
    [[], {}, false],
    [['--web.systemd-socket'], {}, true],
    [[], { GENESIS_EXPORTER_WEB_SYSTEMD_SOCKET: 'true' }, true],
    [[], { GENESIS_EXPORTER_WEB_SYSTEMD_SOCKET: 'false' }, false],
  ])('is read from %j and %j', (args, env, usesPassedSockets) => {
    expect(parseCommandLine(args, env, '1.2.3')).toMatchObject({ options: { usesPassedSockets } });
  });

  it('is no flag of the demo', () => {
    expect(() => parseCommandLine(['demo', '--web.systemd-socket'], {}, '1.2.3')).toThrow('unknown option');
  });
});
