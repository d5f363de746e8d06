import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseWebConfig, type WebConfig } from '../../src/config/web-config.ts';

const HASH = '$2b$05$yW95SxD2AAt92oQjalLJoO6dtBsr7ITYjMCaYf93oZyS1AQ7cB1SO';
const PAIR = 'cert_file: a.pem, key_file: a.key';

function parse(text: string) {
  return parseWebConfig(text, { file: 'web.yml', resolveFile: (path) => `/etc/${path}` });
}

function parsed(text: string): WebConfig {
  const result = parse(text);
  if (result.kind === 'problems') throw new Error(result.problems.join('\n'));
  return result.config;
}

function problemsOf(text: string): readonly string[] {
  const result = parse(text);
  return result.kind === 'problems' ? result.problems : [];
}

function tlsOf(options: string) {
  return parsed(`tls_server_config: {${options}}`).tls;
}

describe('a file that asks for nothing', () => {
  it.each([
    '',
    '# nothing\n',
    '{}',
    'null',
    'tls_server_config:\nhttp_server_config:\nrate_limit:\nbasic_auth_users:\n',
    'tls_server_config: {cert_file: "", key: "", client_auth_type: "", min_version: , cipher_suites: }',
    'tls_server_config: {min_version: TLS13, cipher_suites: [TLS_AES_128_GCM_SHA256], prefer_server_cipher_suites: no}',
    'http_server_config: {http2: yes, headers: {X-XSS-Protection: }}',
    'rate_limit: {interval: 0, burst: 3}',
    'rate_limit: {interval: -1s, burst: -1}',
  ])('is plain HTTP for everybody: %j', (text) => {
    expect(parsed(text)).toEqual({ tls: undefined, headers: {}, users: new Map(), rateLimit: undefined });
  });
});

describe('tls_server_config', () => {
  it('has the defaults of exporter-toolkit', () => {
    expect(tlsOf(PAIR)).toEqual({
      cert: { kind: 'file', path: '/etc/a.pem' },
      key: { kind: 'file', path: '/etc/a.key' },
      clientCa: undefined,
      clientAuth: 'NoClientCert',
      allowedSans: undefined,
      ciphers: undefined,
      curves: undefined,
      prefersServerCiphers: true,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.3',
    });
  });

  it('takes certificates inline, and a file before a text', () => {
    expect(tlsOf('cert: C, key: K, client_ca: A, client_auth_type: RequestClientCert')).toMatchObject({
      cert: { kind: 'inline', value: 'C' },
      key: { kind: 'inline', value: 'K' },
      clientCa: { kind: 'inline', value: 'A' },
    });
    expect(tlsOf('cert: C, cert_file: c.pem, key: K')?.cert).toEqual({ kind: 'file', path: '/etc/c.pem' });
  });

  it('calls RequireClientCert by its newer name', () => {
    expect(tlsOf(`${PAIR}, client_auth_type: RequireClientCert`)?.clientAuth).toBe('RequireAnyClientCert');
    expect(tlsOf(`${PAIR}, client_auth_type: VerifyClientCertIfGiven`)?.clientAuth).toBe('VerifyClientCertIfGiven');
  });

  it('calls versions, cipher suites and curves as OpenSSL does, and always has the suites of TLS 1.3', () => {
    const options = [
      'cipher_suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_128_CBC_SHA]',
      'curve_preferences: [CurveP521, X25519]',
      'min_version: TLS10',
      'max_version: TLS12',
      'prefer_server_cipher_suites: false',
      'client_allowed_sans: [a, b]',
    ];
    expect(tlsOf(`${PAIR}, ${options.join(', ')}`)).toMatchObject({
      ciphers:
        'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA',
      curves: 'P-521:X25519',
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.2',
      prefersServerCiphers: false,
      allowedSans: ['a', 'b'],
    });
    expect(tlsOf(`${PAIR}, cipher_suites: [], curve_preferences: []`)).toMatchObject({
      ciphers: undefined,
      curves: undefined,
    });
  });

  it.each([
    ['cert_file: a.pem', ['1:20: tls_server_config: expected key or key_file']],
    ['key: K', ['1:20: tls_server_config: expected cert or cert_file']],
    [
      'client_auth_type: NoClientCert',
      ['1:20: tls_server_config: expected cert or cert_file', '1:20: tls_server_config: expected key or key_file'],
    ],
    ['cert_file: 7', ['1:32: tls_server_config.cert_file: expected text, got 7']],
    ['cert: [MARKER], key: K', ['1:27: tls_server_config.cert: expected text, got a list']],
    [
      `${PAIR}, client_ca_file: ca.pem`,
      ['1:20: tls_server_config: expected a client_auth_type that asks for certificates, beside a client CA'],
    ],
    [`${PAIR}, min_version: TLS13, max_version: TLS12`, [expect.stringContaining('expected at most max_version')]],
    [`${PAIR}, max_version: TLS11`, [expect.stringContaining('expected at most max_version (TLS11), got TLS12')]],
    [`${PAIR}, min_version: TLS111`, [expect.stringMatching(/min_version: expected one of TLS10, .*got "TLS111"$/)]],
    [`${PAIR}, client_auth_type: x`, [expect.stringContaining('client_auth_type: expected one of NoClientCert, ')]],
    [`${PAIR}, cipher_suites: [TLS_X]`, [expect.stringMatching(/cipher_suites\[0\]: expected the name .*"TLS_X"$/)]],
    [`${PAIR}, cipher_suites: TLS_AES_128_GCM_SHA256`, [expect.stringContaining('cipher_suites: expected a list')]],
    [`${PAIR}, curve_preferences: [CurveP257]`, [expect.stringContaining('curve_preferences[0]: expected one of')]],
    [`${PAIR}, prefer_server_cipher_suites: "true"`, [expect.stringContaining('expected true or false, got "true"')]],
    [
      `${PAIR}, cert_filse: x`,
      [expect.stringMatching(/tls_server_config\.cert_filse: unknown key; did you mean cert_file\?$/)],
    ],
  ])('is refused with {%s}', (options, problems) => {
    const strings = problems.map((line) => (typeof line === 'string' ? `web.yml:${line}` : line));
    expect(problemsOf(`tls_server_config: {${options}}`)).toEqual(strings);
  });
});

describe('the rest', () => {
  it('is read as exporter-toolkit reads it', () => {
    const text = `
http_server_config:
  http2: Off
  headers: {X-Frame-Options: sameorigin, X-XSS-Protection: 1, Strict-Transport-Security: max-age=5}
rate_limit: {interval: 1.5s, burst: 2.9}
basic_auth_users: {alice: ${HASH}, constructor: ${HASH.replace('2b', '2y')}}
`;
    expect(parsed(text)).toEqual({
      tls: undefined,
      headers: { 'x-frame-options': 'sameorigin', 'x-xss-protection': '1', 'strict-transport-security': 'max-age=5' },
      users: new Map([
        ['alice', HASH],
        ['constructor', HASH],
      ]),
      rateLimit: { intervalMs: 1500, burst: 2 },
    });
    expect(parsed('rate_limit: {interval: 5000000, burst: 1}').rateLimit).toEqual({ intervalMs: 5, burst: 1 });
    expect(parsed('rate_limit: {interval: 1s}').rateLimit).toEqual({ intervalMs: 1000, burst: 0 });
    expect(parsed('http_server_config: {http2: true}').headers).toEqual({});
  });

  it.each([
    ['- a', 'web.yml:1:1: expected a mapping, got a list'],
    ['users: {}', 'web.yml:1:1: users: unknown key'],
    ['rate_limit: {interval: 1d}', /interval: expected a duration, such as 1s or 1m30s, got "1d"$/],
    ['rate_limit: {interval: [1s]}', /interval: expected a duration, such as 1s or 1m30s, got a list$/],
    ['rate_limit: {burst: "3"}', /burst: expected a whole number, got "3"$/],
    ['rate_limit: {burst: 1, burst: 2}', /rate_limit\.burst: duplicate key$/],
    [
      'http_server_config: {headers: {x-frame-options: deny}}',
      /headers\.x-frame-options: unknown key; did you mean X-Frame-Options\?$/,
    ],
    ['http_server_config: {headers: {Server: x}}', /headers\.Server: unknown key$/],
    ['http_server_config: {headers: {X-Frame-Options: DENY}}', /expected one of deny, sameorigin, got "DENY"$/],
    ['http_server_config: {headers: {X-XSS-Protection: "a\\nb"}}', /expected text that a header can carry/],
    ['http_server_config: {headers: {X-XSS-Protection: [1]}}', /expected text that a header can carry, got a list$/],
    ['rate_limit: *x', /^web\.yml:1:13: rate_limit: expected an anchor/],
    ['{', /^web\.yml:1:2: /],
  ])('is refused: %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(problem)]);
  });

  it('never tells the password that somebody wrote in place of a hash', () => {
    const problems = problemsOf('basic_auth_users: {alice: MARKER, bob: , "MARKER=a b": x}');
    expect(problems).toEqual([
      expect.stringMatching(/basic_auth_users\.alice: expected a bcrypt hash, as of htpasswd -B, got a string$/),
      expect.stringMatching(/basic_auth_users\.bob: expected a bcrypt hash, .*, got null$/),
      expect.stringMatching(/basic_auth_users: expected a bcrypt hash, .*, got a string$/),
    ]);
    expect(problems.join()).not.toContain('MARKER');
  });

  it('tells all problems at once, in the order of their lines', () => {
    const text = 'rate_limit: {burst: x}\nfoo: 1\ntls_server_config:\n  cert_file: a\n  min_version: 1\n';
    expect(problemsOf(text).map((line) => line.split(':')[1])).toEqual(['1', '2', '4', '5']);
  });

  it('tells the place of what only the files show', () => {
    const result = parse(`tls_server_config:\n  cert_file: a.pem\n  key_file: a.key\n`);
    const told = result.kind === 'config' && result.tell(['tls_server_config', 'key_file'], 'no such file');
    expect(told).toBe('web.yml:3:13: tls_server_config.key_file: no such file');
  });
});

it('loads the example of docs/security.md', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```yaml\n# web\.yml\n(tls_server_config.*?)^```$/ms.exec(page) ?? [];
  const { tls, users, rateLimit } = parsed(example);
  expect(tls).toMatchObject({ clientAuth: 'RequireAndVerifyClientCert', allowedSans: ['prometheus.example'] });
  expect([...users.keys()]).toEqual(['prometheus']);
  expect(rateLimit).toEqual({ intervalMs: 1000, burst: 20 });
});
