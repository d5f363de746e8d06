import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readWebConfig } from '../../src/http/web-config.ts';
import { hasPromtool, programOf } from '../helpers/promtool.ts';
import { tlsFixture } from '../helpers/servers.ts';
import { webFolder } from '../helpers/web-files.ts';

const HASH = '$2y$10$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi';
const PAIR = 'cert_file: server.pem, key_file: server.key';

function pemBlock(name: string): string {
  return tlsFixture(name).replaceAll(/^/gm, '    ').trimEnd();
}

/** Whether promtool and we accept a file. Those of the last group have keys that Debian's promtool 2.42 does not know yet. */
const FILES = {
  old: [
    ['', true],
    ['# nothing\n', true],
    ['tls_server_config:\n', true],
    ['tls_server_config: {cert_file: "", key_file: ""}', true],
    ['tls_server_config: {min_version: TLS13, cipher_suites: [TLS_AES_128_GCM_SHA256]}', true],
    [`tls_server_config: {${PAIR}}`, true],
    [`tls_server_config: {${PAIR}, client_auth_type: ""}`, true],
    [`tls_server_config: {${PAIR}, client_auth_type: NoClientCert}`, true],
    [`tls_server_config: {${PAIR}, client_auth_type: RequireClientCert}`, true],
    [`tls_server_config: {${PAIR}, client_auth_type: RequireAndVerifyClientCert}`, true],
    [`tls_server_config: {${PAIR}, client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.pem}`, true],
    [`tls_server_config: {${PAIR}, client_auth_type: VerifyClientCertIfGiven, client_ca_file: server.key}`, true],
    [`tls_server_config: {${PAIR}, min_version: TLS10, max_version: TLS12}`, true],
    [`tls_server_config: {${PAIR}, curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]}`, true],
    [`tls_server_config: {${PAIR}, cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, TLS_AES_256_GCM_SHA384]}`, true],
    [`tls_server_config: {${PAIR}, cipher_suites: [], curve_preferences: , prefer_server_cipher_suites: no}`, true],
    [`basic_auth_users: {alice: ${HASH}, "bob jones": ${HASH.replace('2y', '2a')}}`, true],
    [`basic_auth_users: {alice: ${HASH.replace('$10$', '$31$')}}`, true],
    ['http_server_config: {http2: On}', true],
    ['http_server_config: {headers: {X-XSS-Protection: 1, Strict-Transport-Security: max-age=1; preload}}', true],
    ['http_server_config: {headers: {X-Frame-Options: sameorigin, X-Content-Type-Options: nosniff}}', true],
    ['http_server_config: {headers: {Content-Security-Policy: "default-src *"}}', true],
    ['- a\n', false],
    ['text', false],
    ['{', false],
    ['tls_config: {}', false],
    ['tls_server_config: {cert_filse: a}', false],
    ['tls_server_config: {cert_file: server.pem}', false],
    ['tls_server_config: {key_file: server.key}', false],
    ['tls_server_config: {client_auth_type: NoClientCert}', false],
    ['tls_server_config: {cert_file: none, key_file: server.key}', false],
    ['tls_server_config: {cert_file: server.pem, key_file: client.key}', false],
    ['tls_server_config: {cert_file: server.key, key_file: server.pem}', false],
    [`tls_server_config: {${PAIR}, client_ca_file: ca.pem}`, false],
    [`tls_server_config: {${PAIR}, client_ca_file: none, client_auth_type: RequestClientCert}`, false],
    [`tls_server_config: {${PAIR}, client_auth_type: requestclientcert}`, false],
    [`tls_server_config: {${PAIR}, min_version: TLSv1.2}`, false],
    [`tls_server_config: {${PAIR}, cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA2048]}`, false],
    [`tls_server_config: {${PAIR}, cipher_suites: [ECDHE-RSA-AES128-GCM-SHA256]}`, false],
    [`tls_server_config: {${PAIR}, cipher_suites: TLS_AES_128_GCM_SHA256}`, false],
    [`tls_server_config: {${PAIR}, curve_preferences: [CurveP257]}`, false],
    [`tls_server_config: {${PAIR}, prefer_server_cipher_suites: "true"}`, false],
    ['basic_auth_users: {alice: secret}', false],
    ['basic_auth_users: {alice: }', false],
    [`basic_auth_users: {alice: ${HASH.replace('$10$', '$32$')}}`, false],
    [`basic_auth_users: {alice: ${HASH}, alice: ${HASH}}`, false],
    ['basic_auth_users: [alice]', false],
    ['http_server_config: {headers: {X-Frame-Options: DENY}}', false],
    ['http_server_config: {headers: {x-frame-options: deny}}', false],
    ['http_server_config: {headers: {Content-Type: text/html}}', false],
    ['http_server_config: {http2: maybe}', false],
  ],
  new: [
    ['rate_limit: {burst: 1}', true],
    ['rate_limit: {interval: 1.5h30m, burst: 10}', true],
    ['rate_limit: {interval: 0, burst: 0}', true],
    ['rate_limit: {interval: 1000000000, burst: 2.5}', true],
    ['rate_limit: {interval: -1s, burst: -1}', true],
    [`tls_server_config:\n  cert: |\n${pemBlock('server.pem')}\n  key: |\n${pemBlock('server.key')}\n`, true],
    [`tls_server_config:\n  cert_file: server.pem\n  key: |\n${pemBlock('server.key')}\n`, true],
    [`tls_server_config: {${PAIR}, client_allowed_sans: [a, b], client_auth_type: RequireAnyClientCert}`, true],
    [`tls_server_config: {${PAIR}, client_ca: text, client_auth_type: RequestClientCert}`, true],
    ['rate_limit: {interval: 1d, burst: 1}', false],
    ['rate_limit: {interval: 1s, burst: "1"}', false],
    ['rate_limit: {interval: 1s, burst: 1, burst: 2}', false],
    ['rate_limit: {every: 1s}', false],
    ['tls_server_config: {cert: "", key_file: server.key}', false],
    [`tls_server_config: {${PAIR}, client_allowed_sans: a}`, false],
    [`tls_server_config: {${PAIR}, client_ca: text}`, false],
  ],
} as const;

function acceptedByPromtool(file: string): boolean {
  return spawnSync(programOf('promtool'), ['check', 'web-config', file]).status === 0;
}

describe('a file is accepted here when promtool accepts it', () => {
  it.each([...FILES.old, ...FILES.new])('%j: %s', async (text, isAccepted) => {
    const { problems } = await readWebConfig(webFolder(text).file);
    expect(problems.length === 0, problems.join('\n')).toBe(isAccepted);
  });

  it.runIf(hasPromtool())('as promtool itself says', () => {
    const isCurrent = acceptedByPromtool(webFolder('rate_limit: {burst: 1}').file);
    const files = isCurrent ? [...FILES.old, ...FILES.new] : FILES.old;
    const said = files.map(([text]) => [text, acceptedByPromtool(webFolder(text).file)]);
    expect(said).toEqual(files);
  });
});
