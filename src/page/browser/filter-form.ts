import { nodeOptionsHtml } from '../document.ts';
import { filterQuery, type PageFilter, readFilter } from '../filter.ts';
import { elementById, withContent } from './elements.ts';
import { morph } from './morph.ts';

/** The filter as the form says it, and as the address keeps it. */
export interface FilterForm {
  current(): PageFilter;
  /** Puts a filter into the form and the address. */
  set(filter: PageFilter): void;
  /** Offers these nodes. */
  setNodeOptions(names: readonly string[]): void;
}

/** Listens to the form and to the reader's going back; `onChange` is called for every change by the reader. */
export function createFilterForm(onChange: () => void): FilterForm {
  const element = elementById('filter');
  if (!(element instanceof HTMLFormElement)) throw new Error('the filter is a form');
  const form: HTMLFormElement = element;
  const fields = ['text', 'state', 'node', 'order'].map((name) => field(form, name));
  let shownNamesKey = '';

  function current(): PageFilter {
    const query = new URLSearchParams();
    for (const { name, value } of fields) query.set(name, value);
    return readFilter(query);
  }

  function fill(filter: PageFilter): void {
    const values: Readonly<Record<string, string>> = { ...filter };
    for (const one of fields) one.value = values[one.name] ?? '';
  }

  function set(filter: PageFilter): void {
    fill(filter);
    history.pushState(null, '', `./${filterQuery(filter)}`);
  }

  function setNodeOptions(names: readonly string[]): void {
    const key = JSON.stringify(names);
    if (key === shownNamesKey) return;
    shownNamesKey = key;
    const select = field(form, 'node');
    const chosen = select.value;
    morph(select, withContent(select, nodeOptionsHtml(names, chosen)));
    select.value = chosen;
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    history.replaceState(null, '', `./${filterQuery(current())}`);
    onChange();
  });
  window.addEventListener('popstate', () => {
    fill(readFilter(new URLSearchParams(location.search)));
    onChange();
  });
  return { current, set, setNodeOptions };
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement {
  const found = form.elements.namedItem(name);
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement) return found;
  throw new Error(`the form has no field ${name}`);
}
