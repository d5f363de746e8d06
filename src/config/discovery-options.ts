import { DEFAULTS } from './defaults.ts';
import { resolveHttp } from './http-options.ts';
import { httpUrlOf, reportTwoUsers, urlUserOf, withUrlUser } from './node-target.ts';
import type { DnsSdDocument, FileSdDocument, HttpSdDocument } from './schema-discovery.ts';
import type { HttpResolving, Resolving } from './secret.ts';
import type { DnsSdOptions, FileSdOptions, HttpSdOptions } from './settings.ts';

/** The item `index` of `file_sd_configs`. */
export function resolveFileSd(document: FileSdDocument, index: number, { resolveFile }: Resolving): FileSdOptions {
  return {
    source: `file_sd/${index}`,
    files: document.files.map(resolveFile),
    refreshIntervalMs: document.refresh_interval ?? DEFAULTS.fileSdIntervalMs,
  };
}

/** The item `index` of `http_sd_configs`. */
export function resolveHttpSd(document: HttpSdDocument, index: number, resolving: HttpResolving): HttpSdOptions {
  const at = ['http_sd_configs', index];
  const http = resolveHttp(document, at, resolving);
  const target = httpUrlOf(document.url);
  reportTwoUsers(target, http, 'there is', [...at, 'url'], resolving);
  return {
    source: `http_sd/${index}`,
    url: target.url,
    refreshIntervalMs: document.refresh_interval ?? DEFAULTS.httpSdIntervalMs,
    http: withUrlUser(http, urlUserOf(target)),
  };
}

/** The item `index` of `dns_sd_configs`. */
export function resolveDnsSd(document: DnsSdDocument, index: number, { report }: Resolving): DnsSdOptions {
  const { names, type = DEFAULTS.dnsRecordType, port, refresh_interval: intervalMs } = document;
  if (port === undefined && type !== 'SRV') {
    const message = `expected a port, since ${type} records have none`;
    report({ path: ['dns_sd_configs', index], message });
  }
  return {
    source: `dns_sd/${index}`,
    names,
    type,
    port: port ?? DEFAULTS.port,
    refreshIntervalMs: intervalMs ?? DEFAULTS.dnsSdIntervalMs,
  };
}
