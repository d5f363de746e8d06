import type { Diagnosis } from '../domain/hint.ts';

/** Says of a host name that could not be looked up whether there is no such name, or nobody knows. */
export function diagnoseLookup(host: string, problem: string): Diagnosis {
  if (/ENOTFOUND|ENODATA/.test(problem)) return { hint: 'name-not-found', text: `no such name: ${host} (${problem})` };
  return { hint: 'resolver-fails', text: `the lookup of ${host} failed: ${problem}` };
}

/** A failure that says nothing of the other side. */
export function diagnoseOwnFailure(problem: string): Diagnosis {
  return { text: `this exporter ran out of descriptors, ports or memory: ${problem}`, hint: 'out-of-resources' };
}
