/** Why a health probe failed: closed, so that it can be a label. */
export const HEALTH_FAILURES = [
  'refused',
  'timeout',
  'dns',
  'reset',
  'unreachable',
  'tls',
  'http_status',
  'body_too_large',
  'bad_json',
  'bad_shape',
  'too_many_processes',
  'other',
] as const;

/** One reason of a failed health probe. */
export type HealthFailure = (typeof HEALTH_FAILURES)[number];

/** Why a connect probe failed. */
export const CONNECT_FAILURES = ['refused', 'timeout', 'dns', 'reset', 'unreachable', 'tls', 'other'] as const;

/** One reason of a failed connect probe. */
export type ConnectFailure = (typeof CONNECT_FAILURES)[number];
