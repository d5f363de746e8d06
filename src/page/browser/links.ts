import { elementById } from './elements.ts';

/** What links can ask for. */
export interface LinkTargets {
  /** Shows what the query of a filter admits; resolves when it is shown. */
  readonly showFiltered: (query: URLSearchParams) => Promise<void>;
  /** Unfolds what has the element of this id. */
  readonly reveal: (id: string) => void;
}

/** Follows the page's own links without loading it again: filters at once, and things that a filter hides after showing them. */
export function followLinks({ showFiltered, reveal }: LinkTargets): void {
  document.addEventListener('click', (event) => {
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href') ?? '';
    if (!isPlain || event.defaultPrevented) return;
    if (href.startsWith('./?') || href === './') {
      event.preventDefault();
      void showFiltered(new URLSearchParams(href.slice('./?'.length)));
      elementById('nodes-heading').focus({ preventScroll: true });
      elementById('nodes').scrollIntoView();
    } else if (href.startsWith('#') && isHidden(href)) {
      event.preventDefault();
      void showFiltered(new URLSearchParams()).then(() => {
        reveal(idOf(href));
        location.assign(href);
      });
    }
  });
}

function isHidden(href: string): boolean {
  const target = document.getElementById(idOf(href));
  return target === null || target.closest('[hidden]') !== null;
}

/** The id that a link within the page leads to. */
export function idOf(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
