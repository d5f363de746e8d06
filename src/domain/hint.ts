/** What a failed probe, or a source of nodes that cannot be read, looked like. Each has a row in `docs/troubleshooting.md` under this name. */
export const HINTS = [
  // The other side cannot be reached.
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
  // It is reached, and no answer comes.
  'answer-timeout',
  'body-timeout',
  'closed-before-answer',
  'closed-in-body',
  'proxy-refuses',
  // What comes is no HTTP.
  'ssh-server',
  'http2',
  'other-protocol',
  'broken-http',
  // It is HTTP with another code.
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
  // The body is none of Genesis'.
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

/** One thing that a failed probe may look like. */
export type Hint = (typeof HINTS)[number];

/** What was seen, for people, in one line without secrets; and what it looked like. */
export interface Diagnosis {
  readonly text: string;
  readonly hint: Hint;
}
