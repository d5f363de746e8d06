import type { ProcessState } from '../domain/process-state.ts';
import type { NodeInfo, ProcessInfo } from './nodes-answer.ts';
import { STATES_WORST_FIRST } from './words.ts';

/** What the page is narrowed to; it is kept in the query of `/`. */
export interface PageFilter {
  /** Part of a process' or node's name, status, message or port; without case. */
  readonly text: string;
  /** One state, those that are not healthy, or all. */
  readonly state: ProcessState | 'unhealthy' | '';
  /** The name of a node, or empty for all. */
  readonly node: string;
  readonly order: NodeOrder;
}

/** The order of nodes: as configured, or the worst first. */
export type NodeOrder = '' | 'worst';

/** What `order` takes in the query. */
export const NODE_ORDERS = ['', 'worst'] as const satisfies readonly NodeOrder[];

/** What `state` takes in the query. */
export const FILTER_STATES = ['', 'unhealthy', ...STATES_WORST_FIRST] as const;

/** The filter that a query says; what is no state is none. */
export function readFilter(query: { get(name: string): string | null }): PageFilter {
  const state = FILTER_STATES.find((known) => known === query.get('state')) ?? '';
  return {
    text: (query.get('text') ?? '').trim(),
    state,
    node: query.get('node') ?? '',
    order: query.get('order') === 'worst' ? 'worst' : '',
  };
}

/** The query of a filter with `?` in front; empty when nothing is filtered. */
export function filterQuery({ text, state, node, order }: PageFilter): string {
  const query = new URLSearchParams();
  if (text !== '') query.set('text', text);
  if (state !== '') query.set('state', state);
  if (node !== '') query.set('node', node);
  if (order !== '') query.set('order', order);
  return query.size === 0 ? '' : `?${query}`;
}

/** Whether everything is shown, in whatever order. */
export function admitsAll(filter: PageFilter): boolean {
  return filter.text === '' && filter.state === '' && filter.node === '';
}

/** Whether a node, of whatever processes, can be shown. */
export function admitsNode(filter: PageFilter, node: NodeInfo): boolean {
  if (filter.node !== '' && filter.node !== node.name) return false;
  if (filter.state === '' && nodeMatchesText(filter.text.toLowerCase(), node)) return true;
  return node.processes.some((process) => admitsProcess(filter, node, process));
}

/** Whether a process of an admitted node is shown. */
export function admitsProcess(filter: PageFilter, node: NodeInfo, process: ProcessInfo): boolean {
  if (filter.state === 'unhealthy' && process.healthy) return false;
  if (filter.state !== '' && filter.state !== 'unhealthy' && process.state !== filter.state) return false;
  if (filter.text === '') return true;
  const text = filter.text.toLowerCase();
  const searchedText = `${process.name}\n${process.status}\n${process.message}\n${process.port ?? ''}`;
  return nodeMatchesText(text, node) || searchedText.toLowerCase().includes(text);
}

function nodeMatchesText(text: string, { name, address, cluster }: NodeInfo): boolean {
  return `${name}\n${address}\n${cluster}`.toLowerCase().includes(text);
}
