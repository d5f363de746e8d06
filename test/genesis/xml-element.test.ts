import { describe, expect, it } from 'vitest';
import { toXmlElements } from '../../src/genesis/xml-element.ts';

const METADATA = Symbol('place');

function node(name: string, inner: unknown, attributes?: unknown): object {
  return { [name]: inner, ':@': attributes, [METADATA]: { startIndex: 1, endIndex: 9 } };
}

describe('toXmlElements', () => {
  it('reads an element with what is in it, and its place', () => {
    const nodes = [{ '#text': 'x' }, node('a', [{ '#text': ' y ' }, node('b', [])], { c: 'd' })];
    const b = { name: 'b', attributes: new Map(), children: [], text: '', offset: 1 };
    const a = { name: 'a', attributes: new Map([['c', 'd']]), children: [b], text: 'y', offset: 1 };
    expect(toXmlElements(nodes, METADATA)).toEqual([{ element: a, end: 9 }]);
  });

  it.each([[undefined], [null], ['a'], [{ a: [] }], [[null, 'a', 1, {}, { '#text': 'a' }]]])(
    'finds no element in %j',
    (nodes) => {
      expect(toXmlElements(nodes, METADATA)).toEqual([]);
    },
  );

  it('finds nothing in an element that is no list', () => {
    const [found] = toXmlElements([node('a', 'text')], METADATA);
    expect(found?.element).toMatchObject({ children: [], text: '' });
  });
});
