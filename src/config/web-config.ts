import { check } from './check.ts';
import { certain, flawOf, tellFlaws } from './flaws.ts';
import type { ParseOptions } from './parse.ts';
import type { Path, Problem } from './problem.ts';
import { type WebConfigDocument, webConfigSchema } from './web-config-schema.ts';
import { resolveServerTls, type ServerTls } from './web-config-tls.ts';
import { readYaml } from './yaml-document.ts';

/** What a web configuration file asks for. */
export interface WebConfig {
  /** Undefined for plain HTTP. */
  readonly tls: ServerTls | undefined;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bcrypt hashes by user; empty when anybody may read. */
  readonly users: ReadonlyMap<string, string>;
  readonly rateLimit: RateLimit | undefined;
}

/** One more request every so often, and so many at once; fewer than one at once lets nothing through. */
export interface RateLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

/** A web configuration, or a line for each problem in place of it. */
export type ParsedWebConfig =
  | {
      readonly kind: 'config';
      readonly config: WebConfig;
      /** The line for a problem that only its files show. */
      readonly tell: (path: Path, message: string) => string;
    }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Reads a file of exporter-toolkit's form: all problems at once, in the order of their places; it does not throw. */
export function parseWebConfig(text: string, { file, resolveFile }: ParseOptions): ParsedWebConfig {
  const yaml = readYaml(text);
  if (yaml.kind === 'unreadable') return { kind: 'problems', problems: tellFlaws(yaml.flaws, file) };
  const raw = yaml.value === undefined ? {} : withoutNulls(yaml.value);
  const { value = {}, problems, leftOut } = check(webConfigSchema, raw, []);
  const conclusions: Problem[] = [];
  const config = resolve(value, { resolveFile, report: (problem) => conclusions.push(problem) });
  const all = [...yaml.problems, ...problems, ...certain(conclusions, leftOut)];
  const lines = tellFlaws([...yaml.flaws, ...all.map((problem) => flawOf(problem, yaml))], file);
  if (lines.length > 0) return { kind: 'problems', problems: lines };
  const tell = (path: Path, message: string) => tellFlaws([flawOf({ path, message }, yaml)], file).join('');
  return { kind: 'config', config, tell };
}

function resolve(document: WebConfigDocument, resolving: Parameters<typeof resolveServerTls>[1]): WebConfig {
  const { interval: intervalMs = 0, burst = 0 } = document.rate_limit ?? {};
  return {
    tls: resolveServerTls(document.tls_server_config ?? {}, resolving),
    headers: resolveHeaders(document.http_server_config?.headers ?? {}),
    users: new Map(Object.entries(document.basic_auth_users ?? {})),
    rateLimit: intervalMs > 0 ? { intervalMs, burst } : undefined,
  };
}

function resolveHeaders(document: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const given = Object.entries(document).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Go takes a key without a value for one that is not there, but for a user's. */
function withoutNulls(raw: unknown, key?: string): unknown {
  if (raw === null) return {};
  if (typeof raw !== 'object' || Array.isArray(raw) || key === 'basic_auth_users') return raw;
  const given = Object.entries(raw).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, withoutNulls(value, name)]));
}
