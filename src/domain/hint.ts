/** Recognised causes of failed probes and unreadable sources. Each has a row in `docs/troubleshooting.md` under this name. */
export const HINTS = [
  // The peer cannot be reached.
  'name-not-found',
  'resolver-fails',
  'connection-refused',
  'daemon-down',
  'no-route',
  'connect-timeout',
  'reset-at-connect',
  'out-of-resources',
  // TLS.
  'speaks-tls',
  'speaks-no-tls',
  'process-without-tls',
  'tls-timeout',
  'closed-in-handshake',
  'certificate-expired',
  'certificate-untrusted',
  'certificate-other-name',
  'client-certificate-wanted',
  'tls-failed',
  // The peer is reached but does not answer.
  'answer-timeout',
  'body-timeout',
  'closed-before-answer',
  'closed-in-body',
  'proxy-refuses',
  // The answer is not HTTP.
  'ssh-server',
  'http2',
  'other-protocol',
  'broken-http',
  // HTTP with another status code.
  'redirect-to-login',
  'redirect-to-https',
  'redirect',
  'credentials-wanted',
  'forbidden',
  'not-found',
  'proxy-credentials-wanted',
  'too-many-requests',
  'gateway-error',
  'server-error',
  'other-status',
  // The body is not Genesis' answer.
  'empty-body',
  'other-content-type',
  'login-page',
  'proxy-error-page',
  'html-page',
  'xml',
  'metrics-page',
  'compressed-body',
  'unknown-encoding',
  'utf-16',
  'json-object',
  'json-lines',
  'json-cut',
  'json-broken',
  'not-json',
  'other-shape',
  'body-too-large',
  'too-many-rows',
  // Files.
  'file-unreadable',
  'file-empty',
  'merge-conflict',
  'unfilled-template',
  'file-cut',
  'not-xml',
  'no-genesis-files',
  // Rows that cannot be read.
  'lower-case-keys',
  'other-keys',
] as const;

/** One recognised cause. */
export type Hint = (typeof HINTS)[number];

/** What the exporter saw, in one line without secrets, and the recognised cause. */
export interface Diagnosis {
  readonly text: string;
  readonly hint: Hint;
}
