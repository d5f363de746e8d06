/** What the reader, or a filter, has set: it stays as it is. */
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(['open', 'hidden']);

/** Makes an element like another in as few steps as there are differences; what stays keeps focus, scroll and whether it is unfolded. */
export function morph(element: Element, wanted: Element): void {
  const focused = document.activeElement;
  morphElement(element, wanted);
  if (focused === document.activeElement || !focused?.isConnected) return;
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}

function morphElement(element: Element, wanted: Element): void {
  for (const { name, value } of wanted.attributes) {
    if (!KEPT_ATTRIBUTES.has(name) && element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  for (const { name } of [...element.attributes]) {
    if (!KEPT_ATTRIBUTES.has(name) && !wanted.hasAttribute(name)) element.removeAttribute(name);
  }
  morphChildren(element, wanted);
}

function morphChildren(element: Element, wanted: Element): void {
  const wantedIds = new Set([...wanted.children].map(({ id }) => id));
  const byId = new Map<string, Element>();
  for (const child of [...element.children]) {
    if (child.id === '') continue;
    if (wantedIds.has(child.id)) byId.set(child.id, child);
    else child.remove();
  }
  let next: ChildNode | null = element.firstChild;
  for (const child of [...wanted.childNodes]) {
    const kept = child instanceof Element && child.id !== '' ? byId.get(child.id) : reusableNode(next, child);
    if (kept === undefined) {
      element.insertBefore(child, next);
      continue;
    }
    if (kept === next) next = next.nextSibling;
    else element.insertBefore(kept, next);
    if (kept instanceof Element && child instanceof Element) morphElement(kept, child);
    else if (kept.nodeValue !== child.nodeValue) kept.nodeValue = child.nodeValue;
  }
  while (next !== null) {
    const after: ChildNode | null = next.nextSibling;
    next.remove();
    next = after;
  }
}

function reusableNode(candidate: ChildNode | null, child: ChildNode): ChildNode | undefined {
  if (candidate === null || candidate.nodeName !== child.nodeName) return undefined;
  return candidate instanceof Element && candidate.id !== '' ? undefined : candidate;
}
