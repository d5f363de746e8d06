import type { DeclaredProcess } from '../domain/node.ts';
import { type Path, quote } from './problem.ts';
import type { NodeDocument } from './schema.ts';
import type { Resolving } from './secret.ts';
import type { Module } from './settings.ts';

/** The declared processes of the node at `at`, by name. */
export function resolveProcesses(
  { processes = [] }: NodeDocument,
  at: Path,
  { report }: Resolving,
): ReadonlyMap<string, DeclaredProcess> {
  const declared = new Map<string, DeclaredProcess>();
  for (const [index, { name, host, port, tls, expected, group, primary_only: primaryOnly }] of processes.entries()) {
    if (declared.has(name)) {
      const path = [...at, 'processes', index, 'name'];
      report({ path, message: `expected a name of its own, got ${quote(name)} again` });
    }
    declared.set(name, {
      name,
      host,
      port,
      tls: tls ?? false,
      expected: expected ?? true,
      external: false,
      group: group ?? '',
      primaryOnly: primaryOnly ?? false,
    });
  }
  return declared;
}

/** Reports a node without any probe: its health probe is off, and it has no expected process with a port. */
export function reportNothingToProbe(
  { name, healthEnabled }: Module,
  declared: ReadonlyMap<string, DeclaredProcess>,
  at: Path,
  { report }: Resolving,
): void {
  if (healthEnabled || [...declared.values()].some(({ port, expected }) => port !== undefined && expected)) return;
  const message = 'expected at least one expected process with a port, since health is off';
  const from = [
    [...at, 'processes'],
    ['modules', name, 'health', 'enabled'],
  ];
  report({ path: declared.size === 0 ? at : [...at, 'processes'], message, from });
}
