const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

/** An XML element. Texts are trimmed; only the five predefined entities are replaced. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without the text of its children. */
  readonly text: string;
  /** Its offset in the document. */
  readonly offset: number;
}

/** An element, and the offset behind it. */
export interface PlacedXmlElement {
  readonly element: XmlElement;
  readonly end: number;
}

/**
 * The elements among the nodes that fast-xml-parser makes with `preserveOrder`: objects of one name with the nodes inside,
 * `:@` with the attributes, and the place under the key `metadata`.
 */
export function toXmlElements(nodes: unknown, metadata: unknown): readonly PlacedXmlElement[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    const entries = entriesOf(node);
    const found = [...entries].find(([key]) => key !== ':@' && key !== metadata && key !== '#text');
    if (found === undefined) return [];
    const [name, inner] = found;
    const attributes = [...entriesOf(entries.get(':@'))].map(([key, value]) => [String(key), toText(value)] as const);
    const place = entriesOf(entries.get(metadata));
    const element: XmlElement = {
      name: String(name),
      attributes: new Map(attributes),
      children: toXmlElements(inner, metadata).map((child) => child.element),
      text: ownText(inner),
      offset: Number(place.get('startIndex')),
    };
    return [{ element, end: Number(place.get('endIndex')) }];
  });
}

function ownText(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes.map((node: unknown) => toText(entriesOf(node).get('#text') ?? '')).join('');
}

function entriesOf(node: unknown): ReadonlyMap<unknown, unknown> {
  if (typeof node !== 'object' || node === null) return new Map();
  return new Map(Reflect.ownKeys(node).map((key) => [key, Reflect.get(node, key)]));
}

function toText(value: unknown): string {
  return String(value)
    .replaceAll(/&([a-z]{1,4});/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
    .trim();
}
