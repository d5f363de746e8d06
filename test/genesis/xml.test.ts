import { describe, expect, it } from 'vitest';
import { MAX_XML_MARKS, parseXml } from '../../src/genesis/xml.ts';
import type { XmlElement } from '../../src/genesis/xml-element.ts';

/** An element and its children in short: name, attributes, own text. */
function outline({ name, attributes, text, children }: XmlElement): string {
  const shown = [...attributes].map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join('');
  return `${name}${shown}(${text}${children.map((child) => ` ${outline(child)}`).join('')})`;
}

function rootOf(text: string): string {
  const reading = parseXml(text);
  return reading.kind === 'root' ? outline(reading.root) : reading.kind;
}

function problemOf(text: string): string {
  const reading = parseXml(text);
  if (reading.kind !== 'malformed') throw new Error(`expected a problem, got ${reading.kind}`);
  const { line, column, message } = reading.problem;
  return `${line}:${column}: ${message}`;
}

describe('parseXml', () => {
  it.each([
    ['an element', '<a/>', 'a()'],
    ['blanks around =, and either quote', '<a b ="1" c= \'2\' d = "3"/>', 'a b="1" c="2" d="3"()'],
    ['text as it stands', '<a><b> 0080 </b><b>true</b></a>', 'a( b(0080) b(true))'],
    ['a declaration, comments and a byte order mark', '\uFEFF<?xml version="1.0"?>\n<!-- x --><a/><!-- y -->\n', 'a()'],
    ['text around comments and in CDATA', '<a>x<!-- no -->y<![CDATA[<z>]]></a>', 'a(xy<z>)'],
    ['predefined entities, once', '<a b="&lt;&amp;amp;&quot;">R&amp;D</a>', 'a b="<&amp;\\""(R&D)'],
    ['no other entity', '<a b="&#65;&x;">&#x41;</a>', 'a b="&#65;&x;"(&#x41;)'],
    ['no entity of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a b="&x;">&x;</a>', 'a b="&x;"(&x;)'],
    ['an include, unfollowed', '<a><xi:include href="/etc/passwd"/></a>', 'a( xi:include href="/etc/passwd"())'],
  ])('reads %s', (_, text, expected) => {
    expect(rootOf(text)).toBe(expected);
  });

  it.each(['', ' \r\n\t', '\uFEFF', '<!-- a -->', '<?xml version="1.0"?>\n<!-- <a> --> <!----> '])(
    'finds %j empty',
    (text) => {
      expect(rootOf(text)).toBe('empty');
    },
  );

  it.each([
    ['a file cut off', '<a>\n  <b name="x">\n    <c>', '3:8: not XML: expected </c> before the end'],
    ['an unclosed root', '\n<a>', "2:1: not XML: Unclosed tag 'a'."],
    [
      'tags that cross',
      '<a>\n<b></a></b>',
      "2:4: not XML: Expected closing tag 'b' (opened in line 2, col 1) instead of closing tag 'a'.",
    ],
    ['a second root', '<a></a>\n<b/>', '2:1: not XML: expected nothing after <a>'],
    ['a second empty root', '<a/><b/>', '1:5: not XML: expected nothing after <a>'],
    ['text after the root', '<a/>\n text', '2:2: not XML: expected nothing after <a>'],
    ['text before the root', 'text', "1:1: not XML: char 't' is not expected."],
    ['an attribute twice', '<a b="1" b="2"/>', "1:10: not XML: Attribute 'b' is repeated."],
    ['a bare attribute', '<a>\n  <b c/></a>', "2:6: not XML: boolean attribute 'c' is not allowed."],
    ['an unclosed comment', '<!-- a', '1:3'],
    ['an unclosed tag', '<a/', '1:1: not XML: '],
    [
      'an entity from elsewhere',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>',
      '1:1: not XML: External entities are not supported',
    ],
    ['the name of a prototype', '<a><b __proto__="1"/></a>', '1:1: not XML: [SECURITY]'],
    ['a comment alone that is not one', '<!-->', '1:3'],
    ['JSON', '{"a": 1}', '1:1'],
    ['depth beyond measure', '<a>'.repeat(200) + '</a>'.repeat(200), '1:1: not XML: '],
    ['a document type alone', '<!DOCTYPE a>', '1:1: not XML: Start tag expected.'],
    ['markup beyond measure', `<a>${'<'.repeat(MAX_XML_MARKS)}`, '1:1: not XML: has more markup than is read'],
    ['an attribute list beyond measure', `<a ${'b="" '.repeat(MAX_XML_MARKS)}/>`, '1:1: not XML: has more'],
  ])('gives the place of %s', (_, text, expected) => {
    expect(problemOf(text).slice(0, expected.length)).toBe(expected);
    expect(problemOf(text).length).toBeLessThan(300);
  });

  it('says where an element begins', () => {
    const reading = parseXml('<a>\n <b/></a>');
    expect(reading.kind === 'root' && reading.root.children.map(({ offset }) => offset)).toEqual([5]);
  });
});
