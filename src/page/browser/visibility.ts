/** Elements that the reader sees, or nearly. */
export interface Visibility {
  watch(element: Element): void;
  isVisible(element: Element): boolean;
}

/** So far outside of what is seen an element counts as seen. */
const MARGIN = '200px';

/** Calls `onSeen` for each watched element that comes into sight. */
export function createVisibility(onSeen: (element: HTMLElement) => void): Visibility {
  const visible = new WeakSet<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) visible.delete(target);
        else if (!visible.has(target) && target instanceof HTMLElement) {
          visible.add(target);
          onSeen(target);
        }
      }
    },
    { rootMargin: MARGIN },
  );
  return { watch: (element) => observer.observe(element), isVisible: (element) => visible.has(element) };
}
