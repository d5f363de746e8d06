import type * as z from 'zod';
import { DEFAULTS } from './defaults.ts';
import { formatDuration } from './duration.ts';
import { HTTP_CLIENT_SHAPE } from './schema-http.ts';
import {
  allowedTarget,
  dnsName,
  duration,
  field,
  httpUrl,
  integer,
  list,
  mapping,
  targetFile,
  text,
  word,
} from './schema-values.ts';

/** One item of `file_sd_configs`. */
export const fileSdSchema = mapping({
  files: list(targetFile())
    .min(1, 'at least one file')
    .meta({ description: 'Files with targets; the last part of a path may be a pattern.' }),
  refresh_interval: field(
    duration(1_000),
    'How often they are read even if no change was noticed.',
    formatDuration(DEFAULTS.fileSdIntervalMs),
  ),
});

/** One item of `http_sd_configs`. */
export const httpSdSchema = mapping({
  url: httpUrl().meta({ description: 'URL that answers with targets as JSON.' }),
  refresh_interval: field(
    duration(1_000),
    'How often it is asked; the deadline of a request, too, but that is never over 30s.',
    formatDuration(DEFAULTS.httpSdIntervalMs),
  ),
  ...HTTP_CLIENT_SHAPE,
});

/** One item of `dns_sd_configs`. */
export const dnsSdSchema = mapping({
  names: list(dnsName()).min(1, 'at least one DNS name').meta({ description: 'DNS names whose records are targets.' }),
  type: field(word(['SRV', 'A', 'AAAA']), 'Type of the records.', DEFAULTS.dnsRecordType),
  port: field(integer(1, 65_535), 'Port of the targets; needed for A and AAAA, while SRV records have their own.'),
  refresh_interval: field(duration(1_000), 'How often they are looked up.', formatDuration(DEFAULTS.dnsSdIntervalMs)),
});

/** The rules of `/probe`. */
export const probeSchema = mapping({
  allowed_targets: field(
    list(allowedTarget()),
    'Targets besides the nodes that /probe may be asked for: host, pattern or CIDR, and port.',
  ),
  allow_modules: field(list(text()), 'Modules that serve such targets although they have credentials or a proxy.'),
  min_interval: field(
    duration(0),
    'A result younger than this is served again.',
    formatDuration(DEFAULTS.probeMinIntervalMs),
  ),
});

/** Checked item of `file_sd_configs`; durations are milliseconds. */
export type FileSdDocument = z.output<typeof fileSdSchema>;

/** Checked item of `http_sd_configs`; durations are milliseconds. */
export type HttpSdDocument = z.output<typeof httpSdSchema>;

/** Checked item of `dns_sd_configs`; durations are milliseconds. */
export type DnsSdDocument = z.output<typeof dnsSdSchema>;

/** The checked rules of `/probe`; durations are milliseconds. */
export type ProbeDocument = z.output<typeof probeSchema>;
