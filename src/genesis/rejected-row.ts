import type { Diagnosis } from '../domain/hint.ts';

const MAX_KEYS = 5;
const MAX_KEY_LENGTH = 20;

/** Why a row of a health answer has no usable name, by its keys alone. */
export function describeRejectedRow(row: unknown): Diagnosis {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return {
      text: `a row is ${Array.isArray(row) ? 'a list' : row === null ? 'null' : `a ${typeof row}`}, not an object`,
      hint: 'other-keys',
    };
  const keys = Object.keys(row);
  if (keys.includes('PROCESS_NAME')) return { text: 'PROCESS_NAME of a row is no usable name', hint: 'other-keys' };
  const named = keys
    .slice(0, MAX_KEYS)
    .map((key) => key.slice(0, MAX_KEY_LENGTH).replace(/[^\w. -]/g, '\uFFFD'))
    .join(', ');
  const told =
    keys.length === 0 ? 'a row has no keys' : `a row has the keys ${named}${keys.length > MAX_KEYS ? ' and more' : ''}`;
  if (keys.some((key) => key.replaceAll(/[_-]/g, '').toLowerCase() === 'processname'))
    return { text: `${told}; Genesis writes PROCESS_NAME, STATUS, MESSAGE and PORT`, hint: 'lower-case-keys' };
  return { text: `${told}, and no PROCESS_NAME`, hint: 'other-keys' };
}
