import { expect, it } from 'vitest';
import { passedSockets } from '../../src/cli/serve.ts';

const PID = 42;

it.each([
  ['nothing', {}, []],
  ['one', { LISTEN_PID: '42', LISTEN_FDS: '1' }, [{ fd: 3, name: '' }]],
  [
    'two by their names',
    { LISTEN_PID: '42', LISTEN_FDS: '2', LISTEN_FDNAMES: 'genesis-exporter.socket:local' },
    [
      { fd: 3, name: 'genesis-exporter.socket' },
      { fd: 4, name: 'local' },
    ],
  ],
  [
    'fewer names than sockets',
    { LISTEN_PID: '42', LISTEN_FDS: '2', LISTEN_FDNAMES: 'a' },
    [
      { fd: 3, name: 'a' },
      { fd: 4, name: '' },
    ],
  ],
  ['those of another process', { LISTEN_PID: '43', LISTEN_FDS: '1' }, []],
  ['those of a process of which the beginning is the same', { LISTEN_PID: '4', LISTEN_FDS: '1' }, []],
  ['no process', { LISTEN_FDS: '1' }, []],
  ['none', { LISTEN_PID: '42', LISTEN_FDS: '0' }, []],
  ['no count', { LISTEN_PID: '42' }, []],
  ['a negative count', { LISTEN_PID: '42', LISTEN_FDS: '-1' }, []],
  ['a count that is none', { LISTEN_PID: '42', LISTEN_FDS: '1x' }, []],
  ['a count beyond every unit', { LISTEN_PID: '42', LISTEN_FDS: '99999999' }, []],
])('takes what systemd passed: %s', (_what, env, sockets) => {
  expect(passedSockets(env, PID)).toEqual(sockets);
});
