import type { Diagnosis } from '../domain/hint.ts';

/** Describes a failed lookup: the name does not exist, or no server answers. */
export function diagnoseLookup(host: string, problem: string): Diagnosis {
  if (/ENOTFOUND|ENODATA/.test(problem)) return { hint: 'name-not-found', text: `no such name: ${host} (${problem})` };
  return { hint: 'resolver-fails', text: `the lookup of ${host} failed: ${problem}` };
}

/** A failure of the exporter's own machine, which proves nothing about the target. */
export function diagnoseOwnFailure(problem: string): Diagnosis {
  return { text: `this exporter ran out of descriptors, ports or memory: ${problem}`, hint: 'out-of-resources' };
}
