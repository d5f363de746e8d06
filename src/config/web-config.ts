import { check } from './check.ts';
import { certain, flawOf, tellFlaws } from './flaws.ts';
import type { ParseOptions } from './parse.ts';
import type { Path, Problem } from './problem.ts';
import { type WebConfigDocument, webConfigSchema } from './web-config-schema.ts';
import { resolveServerTls, type ServerTls } from './web-config-tls.ts';
import { readYaml } from './yaml-document.ts';

/** A checked web configuration. */
export interface WebConfig {
  /** Undefined for plain HTTP. */
  readonly tls: ServerTls | undefined;
  /** Headers of every response. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bcrypt hashes by user; empty when no user is required. */
  readonly users: ReadonlyMap<string, string>;
  readonly rateLimit: RateLimit | undefined;
}

/** A token bucket: `burst` requests at once, and one more after each `intervalMs`. A `burst` below 1 accepts no request. */
export interface RateLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

/** A web configuration, or one line per problem. */
export type ParsedWebConfig =
  | {
      readonly kind: 'config';
      readonly config: WebConfig;
      /** Formats a problem that shows only when the named files are read. */
      readonly tell: (path: Path, message: string) => string;
    }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** Parses a file in exporter-toolkit's format. Returns all problems at once, sorted by place. Never throws. */
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

/** Removes keys without a value: Go treats them as missing. Users without a hash stay. */
function withoutNulls(raw: unknown, key?: string): unknown {
  if (raw === null) return {};
  if (typeof raw !== 'object' || Array.isArray(raw) || key === 'basic_auth_users') return raw;
  const given = Object.entries(raw).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, withoutNulls(value, name)]));
}
