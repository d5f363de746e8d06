import { describe, expect, it } from 'vitest';
import { parseSystemDefinition } from '../../src/genesis/system-definition.ts';

function parse(text: string) {
  const result = parseSystemDefinition(text);
  if (result.kind === 'malformed') throw new Error(`${result.problem.line}: ${result.problem.message}`);
  return result.value;
}

/** What `body`, in the global block, makes of its items. */
function globals(body: string) {
  return Object.fromEntries(parse(`systemDefinition { global { ${body} } }`).global);
}

describe('parseSystemDefinition', () => {
  it.each([
    ['a string', 'item(name = "A", value = "x")', { A: 'x' }],
    ['the arguments in the other order', 'item(value = "x", name = "A")', { A: 'x' }],
    ['arguments without names', 'item("A", "x")', { A: 'x' }],
    ['several lines and a last comma', 'item(\n name = "A",\n value = "x",\n)', { A: 'x' }],
    ['a number', 'item(name = "A", value = 4569)', { A: '4569' }],
    ['a long number', 'item(name = "A", value = 14_569L)', { A: '14569' }],
    ['a boolean', 'item(name = "A", value = true); item("B", false)', { A: 'true', B: 'false' }],
    ['escapes', String.raw`item("A", "\"{\\\u0041\n\$x")`, { A: '"{\\A\n$x' }],
    ['tab, return and backspace', String.raw`item("A", "\t\r\b\'")`, { A: "\t\r\b'" }],
    ['a raw string', 'item("A", """a "quoted" \\n ""x"""")', { A: 'a "quoted" \\n ""x"' }],
    ['a dollar that is no template', 'item("A", "5$ and $5")', { A: '5$ and $5' }],
    ['names in any case, the last value', 'item("daemonPort", "1") item("DAEMONPORT", "2")', { DAEMONPORT: '2' }],
    [
      'no comment',
      '// item("A", "1")\n/* item("B", "1") /* item("C", "1") */ */ /**/ item("D", "1") // }\n',
      { D: '1' },
    ],
    ['comment signs in strings', 'item("A", "// x") item("B", "/* x")', { A: '// x', B: '/* x' }],
    ['braces in strings and characters', `val c = '{'; val d = '\\''; val e = '\\u007b'; item("A", "{")`, { A: '{' }],
    ['a stray apostrophe', `val c = ' item("A", "1")`, { A: undefined }],
    ['other calls beside it', 'vault { config { address("http://a") } } jvm(a[1], { b }) item("A", "1")', { A: '1' }],
    ['more arguments than it needs', 'item("A", "1", x, y, z, encrypted = true)', { A: '1' }],
    ['names in backticks', 'val `item` = 1; `item`("A", "1")', { A: '1' }],
    ['a branch with a body, and what follows it', 'if (x) { y() } item("A", "1")', { A: '1' }],
    ['what follows a branch without a body', 'if (x) y()\nitem("A", "1")', { A: '1' }],
  ])('reads %s', (_, body, expected) => {
    expect(globals(body)).toEqual(expected);
  });

  it.each([
    ['a template', 'item("A", "45$b")'],
    ['a template of an expression', `item("A", "45\${f("}")}")`],
    ['a template in a raw string', `item("A", """\${"""}"""}""")`],
    ['a template with braces', `item("A", "\${run { if (x) { "1" } else "{" }}")`],
    ['a name', 'item("A", PORT)'],
    ['an expression', 'item("A", "45" + "69")'],
    ['a call', 'item("A", System.getenv("A"))'],
    ['a negative number', 'item("A", -1)'],
    ['a broken number', 'item("A", 1.5)'],
    ['a hexadecimal number', 'item("A", 0x11D9)'],
    ['a character', `item("A", '1')`],
    ['no value', 'item("A")'],
    ['a link', 'link(name = "A", source = "B")'],
    ['a branch', 'if (x) item("A", "1")'],
    ['the other branch', 'if (x) { } else item("A", "1")'],
    ['the body of a branch', 'if (x) { item("A", "1") }'],
    ['a loop', 'listOf(1).forEach { item("A", "1") }'],
    ['a function', 'fun f() = item("A", "1")'],
    ['an expression around it', 'x && item("A", "1")'],
    ['a receiver', 'other.item("A", "1")'],
    ['a bare block', '{ item("A", "1") }'],
    ['a block after parentheses', '(x) { item("A", "1") }'],
    ['a change of mind', 'item("A", "1") if (x) { item("A", "2") }'],
  ])('does not know an item set by %s', (_, body) => {
    expect(globals(body)).toEqual({ A: undefined });
  });

  it('does not guess the name of an item', () => {
    expect(globals('item(NAME, "1") item("a$b", "1") item() item(value = "1") "A" to "1"')).toEqual({});
  });

  it.each([
    ['beside the definition', 'item("A", "1")\nglobal { item("A", "1") } other { global { item("A", "1") } }'],
    ['at no level', 'systemDefinition { item("A", "1") systems { item("A", "1") other { item("A", "1") } } }'],
  ])('takes no item %s', (_, text) => {
    expect(parse(text)).toEqual({ global: new Map(), systems: [] });
  });

  it('keeps the levels apart', () => {
    const text = `systemDefinition {
      systems {
        system(name = "UAT") {
          hosts {
            host("a") { item("X", "host a") if (y) { item("Y", "1") } }
            host(name = "b")
            host(LOCAL_HOST)
            host(OTHER)
            listOf("c").forEach { host(it) }
          }
          item("X", "system")
          hosts { item("Z", "1") }
        }
        system("DEV") { }
        if (x) { system("PROD") { item("X", "1") } }
      }
      global { item("X", "global") }
    }`;
    const none = new Map();
    expect(parse(text)).toEqual({
      global: new Map([['X', 'global']]),
      systems: [
        {
          hosts: [
            {
              match: { kind: 'named', name: 'a' },
              items: new Map([
                ['X', 'host a'],
                ['Y', undefined],
              ]),
            },
            { match: { kind: 'named', name: 'b' }, items: none },
            { match: { kind: 'any' }, items: none },
            { match: { kind: 'unknown' }, items: none },
            { match: { kind: 'unknown' }, items: none },
          ],
          items: new Map([
            ['X', 'system'],
            ['Z', undefined],
          ]),
        },
        { hosts: [], items: none },
        { hosts: [], items: none },
      ],
    });
  });

  it.each(['', '// nothing', 'package genesis.cfg', 'host("a") system("b")', '@file:Suppress("x")\n#!/bin/x'])(
    'finds nothing in %j',
    (text) => {
      expect(parse(text)).toEqual({ global: new Map(), systems: [] });
    },
  );

  it.each([
    ['systemDefinition {\n  global {\n', '2:10: expected a } for this {'],
    ['systemDefinition {\n}\n }', '3:2: expected no } here'],
    ['a {\n  item("A",\n', '2:7: expected a ) for this ('],
    ['a {\n  item("A', '2:7: expected a ) for this ('],
    ['val x = "a\nb"', '1:9: expected the end of this string'],
    ['val x = "a${', '1:9: expected the end of this string'],
    ['val x = """a""', '1:9: expected the end of this string'],
    ['\n /* /* */', '2:2: expected the end of this comment'],
    ['f(/*', '1:2: expected a ) for this ('],
  ])('refuses %j', (text, expected) => {
    const result = parseSystemDefinition(text);
    const { line, column, message } = result.kind === 'malformed' ? result.problem : expect.unreachable();
    expect(`${line}:${column}: ${message}`).toBe(expected);
  });
});
