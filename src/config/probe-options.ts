import { parseAllowedTarget } from '../domain/allowed-target.ts';
import { DEFAULTS } from './defaults.ts';
import { quote } from './problem.ts';
import type { ProbeDocument } from './schema-discovery.ts';
import type { Resolving } from './secret.ts';
import type { Module, ProbeOptions } from './settings.ts';

/** The rules of `/probe`. Reports modules that do not exist. */
export function resolveProbe(
  document: ProbeDocument,
  modules: ReadonlyMap<string, Module>,
  { report }: Resolving,
): ProbeOptions {
  const { allowed_targets: targets = [], allow_modules: allowed = [] } = document;
  const known = [...modules.keys()].map(quote).join(', ');
  for (const [index, name] of allowed.entries()) {
    if (modules.has(name)) continue;
    const path = ['probe', 'allow_modules', index];
    const message = `expected the name of a module (${known}), got ${quote(name)}`;
    report({ path, message, from: [path, ['modules', name]] });
  }
  return {
    allowedTargets: targets.map(parseAllowedTarget).filter((target) => target !== undefined),
    allowedModules: new Set(allowed),
    minIntervalMs: document.min_interval ?? DEFAULTS.probeMinIntervalMs,
  };
}
