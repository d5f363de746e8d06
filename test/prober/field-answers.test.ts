import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { HealthResult } from '../../src/domain/evidence.ts';
import { endpoint, healthUrl, inline, PLAIN_HTTP, probeOnce } from '../helpers/prober-options.ts';
import { startTcpServer } from '../helpers/servers.ts';

const ROWS = '[{"PROCESS_NAME":"GENESIS_ROUTER","STATUS":"UP","MESSAGE":"","PORT":9017}]';
const MAX_BODY_BYTES = 100_000;

/** An answer's bytes: a status line and headers as they stand, and a body; the length is added unless the headers have one. */
function bytesOf(status: string, headers: readonly string[], body: string | Uint8Array = ''): Buffer {
  const content = Buffer.from(body);
  const length = headers.some((header) => /^(?:content-length|transfer-encoding):/i.test(header))
    ? []
    : [`Content-Length: ${content.length}`];
  return Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, ...headers, ...length, '', ''].join('\r\n'), 'latin1'),
    content,
  ]);
}

const json = (body: string | Uint8Array, ...headers: readonly string[]) =>
  bytesOf('200 OK', ['Content-Type: application/json', ...headers], body);
const encoded = (encoding: string, body: Uint8Array) => json(body, `Content-Encoding: ${encoding}`);
const page = (status: string, body: string) => bytesOf(status, ['Content-Type: text/html; charset=utf-8'], body);

/** Sends bytes after the request has come, or to whoever connects. */
function sender(bytes: Uint8Array, isEager: boolean): (socket: Socket) => void {
  return (socket) => {
    socket.on('error', () => {});
    if (isEager) {
      socket.end(bytes);
      socket.resume();
    } else socket.once('data', () => socket.end(bytes));
  };
}

async function probeOf(bytes: Uint8Array, isEager = false, path = ''): Promise<HealthResult> {
  const server = await startTcpServer(sender(bytes, isEager));
  return probeOnce(endpoint(`${healthUrl(server)}${path}`, { maxBodyBytes: MAX_BODY_BYTES, timeoutMs: 2000 }));
}

const UTF16LE = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(ROWS, 'utf16le')]);
const UTF16BE = Buffer.from(UTF16LE).swap16();
const LATIN1 = Buffer.from('[{"PROCESS_NAME":"KURSE_\xc4","STATUS":"UP","MESSAGE":"\xfcber","PORT":1}]', 'latin1');
const TWO_ANSWERS = `HTTP/1.1 100 Continue\r\n\r\n${json(ROWS)}`;

const UNDERSTOOD: readonly (readonly [what: string, bytes: Uint8Array, name?: string])[] = [
  ['gzip that nobody asked for', encoded('gzip', gzipSync(ROWS))],
  ['x-gzip', encoded('X-GZIP', gzipSync(ROWS))],
  ['deflate as RFC 9110 has it', encoded('deflate', deflateSync(ROWS))],
  ['deflate without its wrapping', encoded('deflate', deflateRawSync(ROWS))],
  ['br', encoded('br', brotliCompressSync(ROWS))],
  ['gzip of gzip', encoded('gzip, gzip', gzipSync(gzipSync(ROWS)))],
  ['the identity encoding', encoded('identity', Buffer.from(ROWS))],
  [
    'gzip in chunks',
    bytesOf('200 OK', ['Content-Encoding: gzip', 'Transfer-Encoding: chunked'], chunked(gzipSync(ROWS))),
  ],
  ['UTF-16 with a byte order mark, little end first', json(UTF16LE)],
  ['UTF-16 with a byte order mark, big end first', json(UTF16BE)],
  ['UTF-16 by its charset', bytesOf('200 OK', ['Content-Type: application/json; charset=utf-16'], UTF16LE.subarray(2))],
  [
    'UTF-16, big end first, by its charset',
    bytesOf('200 OK', ['Content-Type: text/json;charset="UTF-16"'], UTF16BE.subarray(2)),
  ],
  [
    'UTF-8 with a byte order mark and another charset',
    bytesOf('200 OK', ['Content-Type: a/b; charset=utf-16'], `\uFEFF${ROWS}`),
  ],
  ['ISO-8859-1', bytesOf('200 OK', ['Content-Type: application/json; charset=iso-8859-1'], LATIN1), 'KURSE_Ä'],
  ['a charset that nobody knows', bytesOf('200 OK', ['Content-Type: application/json; charset=klingon'], ROWS)],
  ['100 before the answer', Buffer.from(TWO_ANSWERS)],
  ['102, 103 and 199 before the answer', Buffer.from(`${interim(102)}${interim(103)}${interim(199)}${json(ROWS)}`)],
  ['two equal lengths', json(ROWS, `Content-Length: ${ROWS.length}`, `content-length:  ${ROWS.length} `)],
  ['two equal lengths in one header', json(ROWS, `Content-Length: ${ROWS.length}, ${ROWS.length}`)],
  ['blanks around name and STATUS', json('[{"PROCESS_NAME":" GENESIS_ROUTER\\t","STATUS":" UP ","PORT":1}]')],
];

function interim(code: number): string {
  return `HTTP/1.1 ${code} Any\r\nX-Hint: a\r\n\r\n`;
}

function chunked(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]);
}

describe.each([
  ['once it is asked', false],
  ['to whoever connects', true],
])('an honest answer sent %s', (_when, isEager) => {
  it.each(UNDERSTOOD.map(([what, bytes, name = 'GENESIS_ROUTER']) => [what, bytes, name] as const))(
    'is understood: %s',
    async (_, bytes, name) => {
      const result = await probeOf(bytes, isEager);
      expect(result).toMatchObject({ kind: 'good', statusCode: 200, report: { processes: [{ name, status: 'UP' }] } });
    },
  );
});

it('reads a head that comes byte by byte, 100 and all', async () => {
  const server = await startTcpServer((socket) => {
    socket.on('error', () => {});
    socket.setNoDelay(true);
    socket.once('data', async () => {
      for (const byte of Buffer.from(TWO_ANSWERS)) {
        socket.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
  });
  expect(await probeOnce(endpoint(healthUrl(server)))).toMatchObject({ kind: 'good' });
});

describe('of a key given twice the worse STATUS counts', () => {
  it.each([
    ['DOWN first', '"STATUS":"DOWN","STATUS":"UP"', 'DOWN'],
    ['DOWN last', '"STATUS":"UP","STATUS":"DOWN"', 'DOWN'],
    ['three times', '"STATUS":"UP","STATUS":"ERROR","STATUS":"UP"', 'ERROR'],
    ['a key written with an escape', '"STAT\\u0055S":"DOWN","STATUS":"UP"', 'DOWN'],
    ['a word and none', '"STATUS":"UP","STATUS":null', 'UNKNOWN'],
  ])('%s', async (_, words, state) => {
    const result = await probeOf(
      json(`[{"PROCESS_NAME":"A",${words}},{"PROCESS_NAME":"B","STATUS":"UP","MORE":{"STATUS":1}}]`),
    );
    expect(result).toMatchObject({
      kind: 'good',
      report: {
        processes: [
          { name: 'A', state },
          { name: 'B', state: 'UP' },
        ],
      },
    });
  });
});

const LOGIN =
  '<!doctype html><html><head><title>Sign in</title></head><body><form action="/login"></form></body></html>';
const PROXY =
  '<html><body><h1>503 Service Unavailable</h1>No server is available to handle this request.</body></html>';

const NOT_UNDERSTOOD: readonly (readonly [string, Uint8Array, reason: string, hint: string, says: string])[] = [
  [
    'a login page',
    page('200 OK', LOGIN),
    'bad_json',
    'login-page',
    `answered 200, text/html; charset=utf-8, ${LOGIN.length} bytes: an HTML page that looks like a login page; let the exporter pass or give it credentials; it begins "<!doctype html>`,
  ],
  [
    "a proxy's 503",
    page('503 Service Unavailable', PROXY),
    'bad_json',
    'proxy-error-page',
    `answered 503, text/html; charset=utf-8, ${PROXY.length} bytes: an HTML page that looks like a proxy's error page, not Genesis' own answer`,
  ],
  [
    'some page',
    page('200 OK', '<html><body>It works</body></html>'),
    'bad_json',
    'html-page',
    'an HTML page; does the URL lead',
  ],
  ['an empty body', json(''), 'bad_json', 'empty-body', 'answered 200, application/json, 0 bytes: the body is empty'],
  [
    'gzip under no name',
    json(gzipSync(ROWS)),
    'bad_json',
    'compressed-body',
    'a body in gzip without Content-Encoding',
  ],
  [
    'an encoding that the exporter does not know',
    encoded('zstd', Buffer.from('(\xb5/\xfd', 'latin1')),
    'bad_json',
    'unknown-encoding',
    'Content-Encoding zstd',
  ],
  [
    'damaged gzip',
    encoded('gzip', gzipSync(ROWS).subarray(0, 40)),
    'bad_json',
    'unknown-encoding',
    'the gzip body is damaged or cut short',
  ],
  ['UTF-16 under no name', json(UTF16LE.subarray(2)), 'bad_json', 'utf-16', 'it looks like UTF-16'],
  [
    'an object',
    json(`{"processes":${ROWS},"b":1}`),
    'bad_shape',
    'json-object',
    'one JSON object with the keys processes, b; Genesis sends an array; it begins "{\\"processes'.replaceAll(
      '\\"',
      '"',
    ),
  ],
  ['lines of JSON', json(`${ROWS.slice(1, -1)}\n${ROWS.slice(1, -1)}\n`), 'bad_json', 'json-lines', '2 lines of JSON'],
  ['a body that is cut short', json(ROWS.slice(0, -20)), 'bad_json', 'json-cut', 'JSON that is cut short'],
  [
    'JSON with a mistake',
    json('[{"PROCESS_NAME":"A",\n "STATUS":UP}]'),
    'bad_json',
    'json-broken',
    'JSON with a mistake in line 2, column 11: unexpected "U"',
  ],
  ['null', json('null'), 'bad_shape', 'other-shape', 'one JSON null'],
  [
    'a metrics page',
    bytesOf('200 OK', ['Content-Type: text/plain'], '# HELP a b\n# TYPE a gauge\na 1\n'),
    'bad_json',
    'metrics-page',
    'a metrics page for Prometheus',
  ],
  [
    'XML',
    bytesOf('200 OK', ['Content-Type: text/xml'], '<?xml version="1.0"?><health/>'),
    'bad_json',
    'xml',
    'an XML document',
  ],
  [
    'a word',
    bytesOf('200 OK', [], 'OK\n'),
    'bad_json',
    'not-json',
    'no Content-Type, 3 bytes: the body is not JSON (3 characters); it begins "OK\\n"',
  ],
  [
    'a redirect to a login',
    bytesOf('302 Found', ['Location: /login?next=%2Fhealth&token=abc']),
    'http_status',
    'redirect-to-login',
    'answered 302: a redirect to /login, which looks like a login; redirects are not followed',
  ],
  [
    'a redirect elsewhere',
    bytesOf('307 Any', ['Location: http://user:pw@other.test/a?b=secret#c']),
    'http_status',
    'redirect',
    'a redirect to http://other.test/a; redirects',
  ],
  [
    'a redirect to https',
    bytesOf('301 Any', ['Location: https://secure.test/health/status']),
    'http_status',
    'redirect-to-https',
    'a redirect to https://secure.test/health/status; set scheme: https',
  ],
  [
    '401',
    bytesOf('401 Any', ['WWW-Authenticate: Basic'], 'no'),
    'http_status',
    'credentials-wanted',
    'answered 401: it wants credentials, or refuses those it was given; the body begins "no"',
  ],
  [
    '404',
    page('404 Not Found', 'gone'),
    'http_status',
    'not-found',
    'answered 404, text/html; charset=utf-8: it has no such path',
  ],
  ['502', bytesOf('502 Any', []), 'http_status', 'gateway-error', 'answered 502: a proxy got no good answer'],
  [
    'a TLS alert',
    Buffer.of(0x15, 3, 1, 0, 2, 2, 0x28),
    'other',
    'speaks-tls',
    'the port speaks TLS; set scheme: https',
  ],
  [
    'an SSH banner',
    Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'),
    'other',
    'ssh-server',
    'an SSH server answers: "SSH-2.0-OpenSSH_9.6',
  ],
  [
    'an SMTP banner',
    Buffer.from('220 mail.test ESMTP\r\n'),
    'other',
    'other-protocol',
    'does not speak HTTP: "220 mail.test ESMTP',
  ],
  [
    'HTTP/2',
    Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100]),
    'other',
    'http2',
    'the port speaks HTTP/2 without negotiation',
  ],
  ['nothing', Buffer.alloc(0), 'reset', 'closed-before-answer', 'closed the connection before the answer'],
  [
    'half a body',
    bytesOf('200 OK', ['Content-Length: 1000'], ROWS),
    'reset',
    'closed-in-body',
    `closed the connection within the body, after ${ROWS.length} bytes`,
  ],
  [
    'two other lengths',
    json(ROWS, 'Content-Length: 74', 'Content-Length: 75'),
    'reset',
    'broken-http',
    'the answer contradicts its own Content-Length',
  ],
];

describe.each([
  ['once it is asked', false],
  ['to whoever connects', true],
])('an answer that is not understood, sent %s', (_when, isEager) => {
  it.each(NOT_UNDERSTOOD)('says what it is: %s', async (_, bytes, reason, hint, says) => {
    const result = await probeOf(bytes, isEager);
    expect(result).toMatchObject({ kind: 'failed', reason, hint, detail: expect.stringContaining(says) });
    expect(result.kind === 'failed' && result.detail.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify(result)).not.toMatch(/token=|secret|user:pw/);
  });
});

describe('a bomb costs no more than an honest body', () => {
  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000, ' '))],
    ['deflate', deflateSync(Buffer.alloc(50_000_000, ' '))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000, ' '))],
  ])('%s', async (encoding, bytes) => {
    const server = await startTcpServer(sender(encoded(encoding, bytes), false));
    const before = process.memoryUsage.rss();
    const result = await probeOnce(endpoint(healthUrl(server), { maxBodyBytes: 1_000_000 }));
    expect(result).toMatchObject({ kind: 'failed', reason: 'body_too_large', hint: 'body-too-large' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(40_000_000);
  });
});

it.each([
  ['a short one', 'open-sesame'],
  ['one that is longer than what is shown', `eyJ${'x'.repeat(900)}`],
])('never shows what it sent, though the server sends it back: %s', async (_, credentials) => {
  const server = await startTcpServer((socket) =>
    socket.once('data', (head) => socket.end(bytesOf('500 Any', [], `x ${credentials} ${head}`.slice(0, 4000)))),
  );
  const http = { ...PLAIN_HTTP, authorization: { type: 'Bearer', credentials: inline(credentials) } };
  const url = `${healthUrl(server)}?key=hunter22`;
  const result = await probeOnce(endpoint(url, { http }));
  expect(result).toMatchObject({ kind: 'failed', reason: 'http_status', hint: 'server-error' });
  expect(JSON.stringify(result)).not.toMatch(/sesame|eyJ|xxx|hunter22/);
});

it('does not read a body once more that the reader refused as too costly', async () => {
  const body = '['.repeat(200_000) + ']'.repeat(200_000);
  const parse = vi.spyOn(JSON, 'parse');
  onTestFinished(() => parse.mockRestore());
  const server = await startTcpServer(sender(json(body), false));
  const result = await probeOnce(endpoint(healthUrl(server)));
  expect(result).toMatchObject({ reason: 'bad_shape', hint: 'other-shape' });
  expect(parse.mock.calls.filter(([text]) => text.length > 1000)).toEqual([]);
});

it('never shows what it sent to a server that echoes every byte', async () => {
  const server = await startTcpServer((socket) => socket.on('error', () => {}).pipe(socket));
  const result = await probeOnce(endpoint(`${healthUrl(server)}?key=${'hunter22'.repeat(30)}`));
  expect(result).toMatchObject({ kind: 'failed', reason: 'other', hint: 'other-protocol' });
  expect(JSON.stringify(result)).not.toContain('hunter22');
});
