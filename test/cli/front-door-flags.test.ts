import { expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/options.ts';

function frontDoor(...args: readonly string[]) {
  const task = parseCommandLine(args, {}, '1.2.3');
  if (task.kind !== 'serve') throw new Error(task.kind);
  const { externalUrl, routePrefix } = task.options;
  return { externalUrl, routePrefix };
}

it.each([
  [[], undefined, ''],
  [['--web.external-url=https://ops.test'], 'https://ops.test/', ''],
  [['--web.external-url=https://ops.test/genesis'], 'https://ops.test/genesis/', '/genesis'],
  [['--web.external-url=http://ops.test:8080/a/b-c/'], 'http://ops.test:8080/a/b-c/', '/a/b-c'],
  [['--web.external-url=https://ops.test/genesis/', '--web.route-prefix=/'], 'https://ops.test/genesis/', ''],
  [['--web.external-url=https://ops.test/out/', '--web.route-prefix=/in/'], 'https://ops.test/out/', '/in'],
  [['--web.route-prefix=/genesis'], undefined, '/genesis'],
])('%j', (args, externalUrl, routePrefix) => {
  expect(frontDoor(...args)).toEqual({ externalUrl, routePrefix });
});

it.each([
  ['--web.external-url=ops.test/genesis', 'Expected a URL such as https://ops.example.com/genesis/'],
  ['--web.external-url=ftp://ops.test/', 'Expected a URL such as'],
  ['--web.external-url=https://ops.test/?a=b', 'without user, query and fragment'],
  ['--web.external-url=https://ops.test/#a', 'without user, query and fragment'],
  ['--web.external-url=https://u:p@ops.test/', 'without user, query and fragment'],
  ['--web.external-url=https://ops.test/a%20b/', 'Expected a path of letters'],
  ['--web.external-url=https://ops.test/a//b/', 'Expected a path of letters'],
  ['--web.route-prefix=genesis', 'Expected a path of letters'],
  ['--web.route-prefix=/a/../b', 'Expected a path of letters'],
  ['--web.route-prefix=/a?b', 'Expected a path of letters'],
])('refuses %s', (flag, problem) => {
  expect(() => frontDoor(flag)).toThrow(UsageError);
  expect(() => frontDoor(flag)).toThrow(problem);
});
