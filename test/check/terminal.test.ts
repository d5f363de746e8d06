import { expect, it } from 'vitest';
import { terminalOf } from '../../src/check/terminal.ts';

it.each([
  ['a terminal', { isTTY: true, columns: 120 }, {}, 120, true],
  ['a terminal without a width', { isTTY: true, columns: 0 }, {}, undefined, true],
  ['a pipe', {}, { TERM: 'xterm' }, undefined, false],
  ['NO_COLOR', { isTTY: true, columns: 80 }, { NO_COLOR: '1' }, 80, false],
  ['NO_COLOR=0', { isTTY: true, columns: 80 }, { NO_COLOR: '0' }, 80, false],
  ['an empty NO_COLOR', { isTTY: true, columns: 80 }, { NO_COLOR: '' }, 80, true],
  ['a dumb terminal', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, 80, false],
])('knows what can be shown on %s', (_, stream, env, columns, hasColours) => {
  expect(terminalOf(stream, env)).toEqual({ columns, hasColours });
});
