import type { KotlinArgument } from './kotlin-arguments.ts';
import { type KotlinCall, visitKotlinCalls } from './kotlin-calls.ts';
import type { Parsed } from './text-problem.ts';

/** Items by name in upper case, as the platform compares them. An item whose value depends on the run is undefined. */
export type Items = ReadonlyMap<string, string | undefined>;

/** The machine of a `host`: `any` for LOCAL_HOST, `unknown` when it depends on the run. */
export type HostMatch = { readonly kind: 'named'; readonly name: string } | { readonly kind: 'any' | 'unknown' };

/** A `host` of a `system`. */
export interface HostDefinition {
  readonly match: HostMatch;
  readonly items: Items;
}

/** A `system`: its items apply to its hosts. */
export interface SystemEntry {
  readonly hosts: readonly HostDefinition[];
  readonly items: Items;
}

/** The items of a `genesis-system-definition.kts` by level, in the order of the file. */
export interface SystemDefinition {
  readonly global: Items;
  readonly systems: readonly SystemEntry[];
}

interface Level {
  readonly items: Map<string, string | undefined>;
  /** Whether the call is directly in the block of that level. */
  readonly isExact: boolean;
}

/**
 * Reads the Kotlin script that Genesis' documentation of the system definition describes:
 * `systemDefinition { global { item(...) } systems { system(...) { hosts { host(...) { item(...) } } item(...) } } }`.
 * The script is read and never run, so items in branches, expressions, templates and references are unknown.
 */
export function parseSystemDefinition(text: string): Parsed<SystemDefinition> {
  const global = new Map<string, string | undefined>();
  const systems: (SystemEntry & { readonly hosts: HostDefinition[]; readonly items: Level['items'] })[] = [];
  const systemsByCall = new Map<KotlinCall, (typeof systems)[number]>();
  const hostItems = new Map<KotlinCall, Level['items']>();

  function levelOf(blocks: readonly KotlinCall[]): Level | undefined {
    const [root, kind, system, hosts, host] = blocks;
    if (root?.name !== 'systemDefinition') return undefined;
    if (kind?.name === 'global') return { items: global, isExact: isExact(blocks, 2) };
    const entry = system && systemsByCall.get(system);
    const ofHost = hosts?.name === 'hosts' && host !== undefined ? hostItems.get(host) : undefined;
    if (ofHost !== undefined) return { items: ofHost, isExact: isExact(blocks, 5) };
    return entry && { items: entry.items, isExact: isExact(blocks, 3) };
  }

  function visit(call: KotlinCall, blocks: readonly KotlinCall[]): void {
    const [root, kind, system] = blocks;
    if (call.name === 'item' || call.name === 'link') {
      const level = levelOf(blocks);
      const name = argument(call, 'name', 0)?.value;
      if (level === undefined || name === undefined) return;
      const isKnown = level.isExact && call.isCertain && call.name === 'item';
      level.items.set(name.toUpperCase(), isKnown ? argument(call, 'value', 1)?.value : undefined);
    } else if (call.name === 'system' && root?.name === 'systemDefinition' && kind?.name === 'systems') {
      const entry = { hosts: [], items: new Map<string, string | undefined>() };
      systems.push(entry);
      systemsByCall.set(call, entry);
    } else if (call.name === 'host') {
      const entry = system && systemsByCall.get(system);
      const isKnown = call.isCertain && blocks[3]?.name === 'hosts' && isExact(blocks, 4);
      const items = new Map<string, string | undefined>();
      entry?.hosts.push({ match: isKnown ? matchOf(argument(call, 'name', 0)) : { kind: 'unknown' }, items });
      hostItems.set(call, items);
    }
  }

  const problem = visitKotlinCalls(text, visit);
  if (problem !== undefined) return { kind: 'malformed', problem };
  return { kind: 'parsed', value: { global, systems }, problems: [] };
}

function isExact(blocks: readonly KotlinCall[], depth: number): boolean {
  return blocks.length === depth && blocks.every(({ isCertain }) => isCertain);
}

function argument({ args }: KotlinCall, name: string, position: number): KotlinArgument | undefined {
  const positional = args[position];
  return args.find((one) => one.name === name) ?? (positional?.name === undefined ? positional : undefined);
}

function matchOf(host: KotlinArgument | undefined): HostMatch {
  if (host?.reference === 'LOCAL_HOST') return { kind: 'any' };
  return host?.value === undefined ? { kind: 'unknown' } : { kind: 'named', name: host.value };
}
