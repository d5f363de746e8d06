import type { HomeReading } from '../domain/home-reading.ts';
import type { DeclaredProcess } from '../domain/node.ts';
import type { ProcessEntry } from './processes-xml.ts';
import type { ServiceEntry } from './service-definitions-xml.ts';
import type { Items } from './system-definition.ts';
import { parseBoolean, parsePort } from './text-values.ts';

/** The merged contents of the files of a Genesis home. */
export interface HomeEntries {
  readonly processes: ReadonlyMap<string, ProcessEntry>;
  readonly services: ReadonlyMap<string, ServiceEntry>;
  /** System definition items in force on this machine. */
  readonly items: Items;
}

/**
 * Joins the files by process name and applies the overrides: the items `<PROCESS>_PROCESS_START`, `_GROUP_ID` and
 * `_PRIMARY_ONLY`, and `<PROCESS>_PORT` in the environment. A service without a process, such as a gateway, is left out.
 * An override with an unknown value counts as the value that raises no alarm.
 */
export function joinDeclared(
  { processes, services, items }: HomeEntries,
  env: ReadonlyMap<string, string>,
): Pick<HomeReading, 'processes' | 'healthPort'> {
  const declared = [...processes].map(([name, entry]): DeclaredProcess => {
    const service = services.get(name);
    const external = service?.external ?? false;
    return {
      name,
      host: service?.host,
      port: parsePort(env.get(`${name}_PORT`)) ?? service?.port,
      tls: service?.secure ?? false,
      expected: overriddenFlag(items, `${name}_PROCESS_START`, entry.start, false) && !external,
      external,
      group: overriddenText(items, `${name}_PROCESS_GROUP_ID`, entry.group),
      primaryOnly: overriddenFlag(items, `${name}_PROCESS_PRIMARY_ONLY`, entry.primaryOnly, true),
    };
  });
  return { processes: declared, healthPort: parsePort(items.get('DAEMONHEALTHPORT')) };
}

function overriddenFlag(items: Items, item: string, declared: boolean, unknown: boolean): boolean {
  const key = item.toUpperCase();
  return items.has(key) ? (parseBoolean(items.get(key)) ?? unknown) : declared;
}

function overriddenText(items: Items, item: string, declared: string): string {
  const key = item.toUpperCase();
  return items.has(key) ? (items.get(key)?.trim() ?? '') : declared;
}
