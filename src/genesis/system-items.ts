import type { HostDefinition, Items, SystemDefinition, SystemEntry } from './system-definition.ts';

const PREFIX = 'GENESIS_SYSDEF_';
const ENCRYPTED_PREFIX = 'GENESIS_SYSDEF_ENCRYPTED_';

/** A system and host that apply to this machine; not certain when an earlier host may apply as well. */
interface Candidate {
  readonly system: SystemEntry;
  readonly host: HostDefinition;
}

/**
 * The items in force on the machine `hostName`. Host beats system, system beats global; the first system with that host
 * counts. `GENESIS_SYSDEF_<ITEM>` in the environment beats all; an encrypted value is unknown.
 */
export function itemsInForce(
  definition: SystemDefinition | undefined,
  hostName: string,
  env: ReadonlyMap<string, string>,
): Items {
  const items = new Map(definition?.global);
  const candidates = findCandidates(definition?.systems ?? [], hostName);
  // If several systems may apply, their items are unknown.
  const isCertain = candidates.length === 1 && candidates[0]?.host.match.kind !== 'unknown';
  const levels = [...new Set(candidates.map(({ system }) => system)), ...candidates.map(({ host }) => host)];
  for (const level of levels) for (const [name, value] of level.items) items.set(name, isCertain ? value : undefined);
  for (const [variable, value] of env) {
    if (variable.startsWith(ENCRYPTED_PREFIX)) items.set(upperAfter(ENCRYPTED_PREFIX, variable), undefined);
    else if (variable.startsWith(PREFIX)) items.set(upperAfter(PREFIX, variable), value);
  }
  return items;
}

/** The systems that may apply, up to the first one that certainly does. */
function findCandidates(systems: readonly SystemEntry[], hostName: string): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const system of systems) {
    for (const host of system.hosts) {
      const isMatch = host.match.kind !== 'named' || host.match.name.toLowerCase() === hostName.toLowerCase();
      if (isMatch) candidates.push({ system, host });
      if (isMatch && host.match.kind !== 'unknown') return candidates;
    }
  }
  return candidates;
}

function upperAfter(prefix: string, variable: string): string {
  return variable.slice(prefix.length).toUpperCase();
}
