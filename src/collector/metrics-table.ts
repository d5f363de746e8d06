import { CONNECT_FAMILIES } from './connect-families.ts';
import type { Family } from './family.ts';
import { NODE_FAMILIES } from './node-families.ts';
import { PROCESS_FAMILIES } from './process-families.ts';

/** Every family with series of nodes, in the order of the page. */
export const FAMILIES: readonly Family[] = [...PROCESS_FAMILIES, ...CONNECT_FAMILIES, ...NODE_FAMILIES];

/** HELP and TYPE lines of a family. The help texts of the tables need no escaping. */
export function familyHead({ name, help, type }: Pick<Family, 'name' | 'help' | 'type'>): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}
