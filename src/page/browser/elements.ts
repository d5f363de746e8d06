import type { Html } from '../html.ts';

/** The element of this id, which the page has; throws when it has not. */
export function elementById(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** The one element that some HTML is. */
export function toElement({ html }: Html): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  const element = template.content.firstElementChild;
  if (element === null) throw new Error('no element in the HTML');
  return element;
}

/** An element like `container` with this HTML in it. */
export function withContent(container: Element, { html }: Html): Element {
  const copy = container.cloneNode(false);
  if (!(copy instanceof Element)) throw new Error('a copy of an element is one');
  copy.innerHTML = html;
  return copy;
}
