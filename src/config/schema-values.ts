import * as z from 'zod';
import { parseAllowedTarget } from '../domain/allowed-target.ts';
import { parseByteSize } from '../domain/byte-size.ts';
import { parseNoProxy } from '../domain/no-proxy.ts';
import { PROCESS_STATES } from '../domain/process-state.ts';
import { DURATION_PATTERN, formatDuration, parseDuration } from './duration.ts';
import { isHost, parseHttpUrl } from './health-url.ts';
import { EXPECTED_LABEL_NAME, EXPECTED_TEXT, LABEL_NAME_PATTERN, TEXT_PATTERN } from './names.ts';

// The error of each schema here says what was expected, without the word "expected": check.ts builds the sentence.

const DAY_MS = 86_400_000;
const MAX_BYTES = 1024 ** 3;

/** An optional key with a description for editors. `fallback` is documentation only: the schema does not fill it in. */
export function field<T extends z.ZodType>(schema: T, description: string, fallback?: unknown): z.ZodOptional<T> {
  return schema.meta(fallback === undefined ? { description } : { description, default: fallback }).optional();
}

/** A whole number within limits. */
export function integer(min: number, max: number): z.ZodInt {
  const expected = `an integer from ${min} to ${max}`;
  return z.int(expected).min(min, expected).max(max, expected);
}

/** `true` or `false`. */
export function flag(): z.ZodBoolean {
  return z.boolean('true or false');
}

/** A name or another short text for display. */
export function text(): z.ZodString {
  return z.string(EXPECTED_TEXT).regex(TEXT_PATTERN, EXPECTED_TEXT);
}

/** A secret: any text, even an empty one. */
export function secret(): z.ZodString {
  return z.string('text');
}

/** A path of a file or a folder. */
export function filePath(expected = 'the path of a file'): z.ZodString {
  return z.string(expected).regex(/^\P{Cc}{1,4096}$/u, expected);
}

/** One word of a list. */
export function word<const T extends readonly string[]>(words: T): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(words, `one of ${words.join(', ')}`);
}

/** One of the seven states of a process. */
export function state(): z.ZodEnum<{ [K in (typeof PROCESS_STATES)[number]]: K }> {
  return word(PROCESS_STATES);
}

/** A duration from `minMs` to one day, the longest time that a timer should wait. The checked value is in milliseconds. */
export function duration(minMs: number) {
  const expected = `a duration from ${formatDuration(minMs)} to 1d, such as 15s or 1m30s`;
  return z
    .string(expected)
    .regex(DURATION_PATTERN, expected)
    .transform(within(parseDuration, minMs, DAY_MS, expected));
}

/** A duration of any length, including 0 with or without quotes. The checked value is in milliseconds. */
export function longDuration() {
  const expected = 'a duration, such as 0, 30m or 1d';
  return z
    .union([z.literal(0, expected), z.string(expected).regex(DURATION_PATTERN, expected)], expected)
    .transform(within(parseDuration, 0, Number.MAX_SAFE_INTEGER, expected));
}

/** A size from 1 byte to 1 GiB, as a number of bytes or with a unit. The checked value is in bytes. */
export function byteSize() {
  const expected = 'a size from 1 byte to 1GiB, such as 8MiB';
  return z
    .union([z.int(expected), z.string(expected)], expected)
    .transform(within(parseByteSize, 1, MAX_BYTES, expected));
}

/** A host name or an IP address. */
export function host(): z.ZodString {
  const expected = 'a host name or an IP address, without port';
  return z.string(expected).refine(isHost, expected);
}

/** A DNS name, which may be a service name such as `_service._tcp.name`. */
export function dnsName(): z.ZodString {
  const expected = 'a DNS name, such as _health._tcp.genesis.example';
  return z.string(expected).regex(/^(?=.{1,254}$)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?$/, expected);
}

/** An http or https URL. */
export function httpUrl(): z.ZodString {
  const expected = 'an http:// or https:// URL without a fragment';
  return z
    .string(expected)
    .regex(/^[hH][tT][tT][pP][sS]?:\/\//, expected)
    .refine((given) => parseHttpUrl(given) !== undefined, expected);
}

/** Hosts that are reached without a proxy. */
export function noProxy(): z.ZodString {
  const expected = 'domains, IP addresses, CIDRs or *, parted by commas, such as .genesis.svc,10.0.0.0/8';
  return z.string(expected).refine((given) => !parseNoProxy(given).includes(undefined), expected);
}

/** A path on a web server; it may have a query. */
export function urlPath(): z.ZodString {
  const expected = 'a path that begins with /, without blanks and without a fragment';
  return z.string(expected).regex(/^\/[^\s\p{Cc}\p{Cs}#\\]*$/u, expected);
}

/** A mapping that has only these keys. The error of an unknown key lists the known keys; check.ts suggests one. */
export function mapping<T extends z.core.$ZodLooseShape>(shape: T) {
  const keys = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? keys : 'a mapping') });
}

/** A list. */
export function list<T extends z.ZodType>(item: T): z.ZodArray<T> {
  return z.array(item, 'a list');
}

/** A mapping whose keys the operator chooses. */
export function dictionary<T extends z.ZodType>(key: z.ZodString, value: T): z.ZodRecord<z.ZodString, T> {
  return z.record(key, value, 'a mapping');
}

/** The name of a label that the operator chooses. */
export function labelName(): z.ZodString {
  return z.string(EXPECTED_LABEL_NAME).regex(LABEL_NAME_PATTERN, EXPECTED_LABEL_NAME);
}

/** The path of a file with targets; its last part may be a pattern. */
export function targetFile(): z.ZodString {
  const expected = 'the path of a .json, .yml or .yaml file, with * and ? in its last part alone';
  return z
    .string(expected)
    .regex(/^(?:[^*?\p{Cc}]*\/)?[^/\p{Cc}]*\.(?:json|ya?ml|JSON|YA?ML)$/u, expected)
    .max(4096, expected);
}

/** A target that `/probe` may probe, or a pattern for such targets. */
export function allowedTarget(): z.ZodString {
  const expected = 'a host, a pattern or a CIDR, and a port, such as *.genesis.svc:4569 or 10.0.0.0/8:4569';
  return z.string(expected).refine((given) => parseAllowedTarget(given) !== undefined, expected);
}

function within(parse: (text: string) => number | undefined, min: number, max: number, expected: string) {
  return (given: string | number, context: z.RefinementCtx): number => {
    const value = parse(String(given));
    if (value !== undefined && value >= min && value <= max) return value;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  };
}
