import { describe, expect, it } from 'vitest';
import { describeValue, formatPath, overlaps, type Path, quote } from '../../src/config/problem.ts';

describe('formatPath', () => {
  it.each<[Path, string]>([
    [[], ''],
    [['nodes'], 'nodes'],
    [['nodes', 0, 'labels', 'site'], 'nodes[0].labels.site'],
    [['nodes', 0, 'labels', 'a b'], 'nodes[0].labels["a b"]'],
    [['a\u001b[31m\n'], '["a\\u001b[31m\\n"]'],
    [['modules', 'm', 'health', 'http_headers', 'X-A', 'values', 0], 'modules.m.health.http_headers.X-A.values[0]'],
    [['modules', 'm', 'health', 'http_headers', 'X-A:secret', 'values'], 'modules.m.health.http_headers'],
    [['http_sd_configs', 0, 'url:http://bob:x@h'], 'http_sd_configs[0]'],
    [['nodes', 0, 'health_url:http://h/?x'], 'nodes[0]'],
  ])('writes %j as %j', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('describeValue', () => {
  it.each<[unknown, Path, string]>([
    [undefined, [], 'nothing'],
    [null, [], 'null'],
    [[], [], 'an empty list'],
    [[1], [], 'a list'],
    [{}, [], 'a mapping'],
    [7, ['max_nodes'], '7'],
    ['x', ['max_nodes'], '"x"'],
    ['x', ['nodes', 0, 'health_url'], 'a string'],
    [7, ['modules', 'm', 'health', 'basic_auth', 'password'], 'a number'],
    ['x', ['modules', 'm', 'health', 'tls_config'], 'a string'],
    ['http://bob:x@h/', ['nodes', 0], 'a string'],
    ['bob:x@h', ['http_sd_configs', 0], 'a string'],
    ['http://h/?token=x', ['http_sd_configs'], 'a string'],
    ['http://h/', ['http_sd_configs', 0], '"http://h/"'],
    ['TLS9', ['modules', 'm', 'health', 'tls_config', 'min_version'], '"TLS9"'],
  ])('describes %j at %j as %s', (value, path, text) => {
    expect(describeValue(value, path)).toBe(text);
  });
});

describe('quote', () => {
  it.each([
    ['', '""'],
    ['a"b\\', '"a\\"b\\\\"'],
    ['\u0007\u009b\u200b\u202e\u2028', '"\\u0007\\u009b\\u200b\\u202e\\u2028"'],
    ['\u{e0041}', '"\\udb40\\udc41"'],
    ['x'.repeat(61), `"${'x'.repeat(60)}..."`],
    [`${'x'.repeat(59)}\u{1f600}`, `"${'x'.repeat(59)}\\ud83d..."`],
  ])('writes %j on one line', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });
});

describe('overlaps', () => {
  it.each<[Path, Path, boolean]>([
    [['a'], ['a'], true],
    [['a'], ['a', 0], true],
    [['a', 0], ['a'], true],
    [[], ['a'], true],
    [['a'], ['b'], false],
    [['a', 0], ['a', 1], false],
    [['a', 0], ['a', '0'], false],
  ])('tells of %j and %j: %j', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
  });
});
