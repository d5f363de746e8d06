const HEAD = 'Host: a\r\nConnection: close\r\n\r\n';

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\n${HEAD}`;
}

/** What somebody may send, and the first line of what it is to be answered with. */
export const HOSTILE_REQUESTS: readonly (readonly [name: string, bytes: string | Buffer, answer: RegExp])[] = [
  ['NULs', Buffer.alloc(1000), /^HTTP\/1\.1 400 /],
  ['blanks and line ends', '\r\n\r\n   \r\n', /^HTTP\/1\.1 400 /],
  ['a TLS handshake', Buffer.from('16030100c8010000c403035e', 'hex'), /^HTTP\/1\.1 400 /],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n', /^HTTP\/1\.1 400 /],
  ['HTTP/0.9', 'GET /metrics\r\n', /^HTTP\/1\.1 400 /],
  ['HTTP/1.1 without a Host', 'GET /metrics HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ['a method of its own', `GRAB /metrics HTTP/1.1\r\n${HEAD}`, /^HTTP\/1\.1 400 /],
  ['TRACE', `TRACE /metrics HTTP/1.1\r\n${HEAD}`, /^HTTP\/1\.1 40[045] /],
  ['CONNECT', `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HEAD}`, /^(HTTP\/1\.1 40[045] |$)/],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${HEAD}`, /^HTTP\/1\.1 40[045] /],
  ['DELETE', `DELETE /metrics HTTP/1.1\r\n${HEAD}`, /^HTTP\/1\.1 405 /],
  ['headers of 100 kB', `GET /metrics HTTP/1.1\r\nX-Big: ${'x'.repeat(100_000)}\r\n${HEAD}`, /^HTTP\/1\.1 431 /],
  ['20,000 headers', `GET /metrics HTTP/1.1\r\n${'X: y\r\n'.repeat(20_000)}${HEAD}`, /^HTTP\/1\.1 431 /],
  ['a URL of 100 kB', get(`/${'a'.repeat(100_000)}`), /^HTTP\/1\.1 431 /],
  ['a query of 10 kB', get(`/health/status?node=${'a'.repeat(10_000)}`), /^HTTP\/1\.1 404 /],
  ['1,000 parameters', get(`/health/status?${'node=a&'.repeat(1000)}`), /^HTTP\/1\.1 200 /],
  [
    'a length and chunks',
    `POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n${HEAD}0\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  ['two lengths', `POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 44\r\n${HEAD}`, /^HTTP\/1\.1 400 /],
  [
    'a body of 1 GB announced',
    `POST /-/reload HTTP/1.1\r\nContent-Length: 1000000000\r\n${HEAD}`,
    /^HTTP\/1\.1 4\d\d /,
  ],
  ['a body where none belongs', `GET /metrics HTTP/1.1\r\nContent-Length: 5\r\n${HEAD}hello`, /^HTTP\/1\.1 [24]\d\d /],
  [
    'an upgrade',
    `GET /metrics HTTP/1.1\r\nUpgrade: websocket\r\nHost: a\r\nConnection: upgrade, close\r\n\r\n`,
    /^HTTP\/1\.1 [24]\d\d /,
  ],
  ['a header split in two', `GET /metrics HTTP/1.1\r\nX-A: b\r\n folded\r\n${HEAD}`, /^HTTP\/1\.1 [24]\d\d /],
  ['a header name with a blank', `GET /metrics HTTP/1.1\r\nX A: b\r\n${HEAD}`, /^HTTP\/1\.1 400 /],
  ...[
    '/..',
    '/../../etc/passwd',
    '/%2e%2e%2fetc%2fpasswd',
    '/..%c0%afetc%c0%afpasswd',
    '/%00',
    '/metrics%00',
    '/metrics/',
    '//metrics',
    '/METRICS',
    '/metrics;a=b',
    '/health/status/../status',
    '/__proto__',
    '/constructor',
    '/-/healthy/.',
    '/*',
  ].map((path) => [`the path ${path}`, get(path), /^HTTP\/1\.1 40[04] /] as const),
  ...['/%', '/%ff', '/%zz', '/health/%e0%a4'].map(
    (path) => [`the path ${path}`, get(path), /^HTTP\/1\.1 40[04] /] as const,
  ),
];
