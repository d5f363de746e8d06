import { describe, expect, it } from 'vitest';
import { toYaml } from '../../src/config/to-yaml.ts';
import { fixture, parsed, problemsOf } from './parsed.ts';

const MARKER = 'hunter2';

const SECRETS = `
modules:
  default:
    health:
      path: /health/status?token=${MARKER}
      basic_auth: {username: bob, password: ${MARKER}}
      tls_config: {ca: "${MARKER}", cert: "${MARKER}", key: "${MARKER}"}
      http_headers: {X-A: {values: [${MARKER}], secrets: [${MARKER}], files: [a-file]}}
      proxy_url: http://${MARKER}:${MARKER}@proxy:3128/?${MARKER}
  token:
    health: {authorization: {type: Token, credentials: ${MARKER}}}
  plain: {}
nodes:
  - {name: a, address: 10.0.0.5}
  - {name: b, address: 10.0.0.5, health_url: "http://${MARKER}:${MARKER}@h/health?q=${MARKER}", module: plain}
http_sd_configs:
  - url: http://${MARKER}:${MARKER}@inventory/genesis?q=${MARKER}
    tls_config: {ca: "${MARKER}", cert: "${MARKER}", key: "${MARKER}"}
    http_headers: {X-A: {values: [${MARKER}], secrets: [${MARKER}]}}
    proxy_url: http://${MARKER}@proxy:3128/
  - {url: "http://inventory/b", basic_auth: {username: bob, password: ${MARKER}}}
  - {url: "http://inventory/c", authorization: {credentials: ${MARKER}}}
`;

describe('the masked configuration', () => {
  it('shows every default', async () => {
    const { masked } = parsed(fixture('good/minimal.yml'));
    expect(await toYaml(masked)).toBe(fixture('good/minimal.masked.yml'));
  });

  it('shows no secret, but the paths of files', async () => {
    const yaml = await toYaml(parsed(SECRETS).masked);
    expect(yaml).not.toContain(MARKER);
    expect(yaml).toContain('http://<secret>@proxy:3128/?<secret>');
    expect(yaml).toContain('health_url: http://<secret>@h/health?<secret>');
    expect(yaml).toContain('health_url: http://10.0.0.5:4569/health/status?<secret>');
    expect(yaml).toContain('url: http://<secret>@inventory/genesis?<secret>');
    expect(yaml).toContain('a-file');
    expect(yaml).toContain('username: bob');
  });

  it('of a file without secrets means the same as the file', async () => {
    const config = parsed(
      'modules: {m: {health: {max_body_bytes: 1000}, connect: {interval: 2s}}}\n' +
        'nodes: [{name: b, health_url: "http://h/", module: m, cluster: c, labels: {x: y}}, {name: c, genesis_home: r}]\n' +
        'file_sd_configs: [{files: [a.yml]}]\nhttp_sd_configs: [{url: "http://h/"}]\n' +
        'dns_sd_configs: [{names: [a]}, {names: [b], type: AAAA, port: 1, refresh_interval: 1m}]\n' +
        'probe: {allowed_targets: ["10.0.0.0/8:4569"], allow_modules: [m], min_interval: 1m}\n',
    );
    const { masked, timing, modules, ...rest } = parsed(await toYaml(config.masked));
    expect(config).toMatchObject(rest);
    expect(modules.get('m')?.maxBodyBytes).toBe(1000);
    expect({ ...timing, ...masked }).toMatchObject({ scrape_interval: '15s' });
  });

  it('tells of a full file', async () => {
    expect(await toYaml(parsed(fixture('good/full.yml')).masked)).toBe(fixture('good/full.masked.yml'));
  });
});

/** Each a mistake at or beside a secret. */
const MISTAKES: readonly (readonly [string, string])[] = [
  ['a password that is a list', `basic_auth: {username: bob, password: [${MARKER}]}`],
  ['a password as the whole of basic_auth', `basic_auth: ${MARKER}`],
  ['a password without a blank', `basic_auth: {username: bob, password:${MARKER}}`],
  ['a password as a key', `basic_auth: {${MARKER}: x}`],
  ['a password twice', `basic_auth: {username: bob, ${MARKER}: x, ${MARKER}: y}`],
  ['a user name with a colon', `basic_auth: {username: "bob:${MARKER}"}`],
  ['credentials with a line break', `authorization: {credentials: "${MARKER}\\n"}`],
  ['credentials that are a mapping', `authorization: {credentials: {${MARKER}: x}}`],
  ['credentials as the type', `authorization: {type: "Bearer ${MARKER}"}`],
  ['a header value as a text', `http_headers: {X-A: ${MARKER}}`],
  ['header values as a text', `http_headers: {X-A: {values: ${MARKER}}}`],
  ['a header without a blank', `http_headers: {X-A:${MARKER}}`],
  ['a header value with a line break', `http_headers: {X-A: {secrets: ["${MARKER}\\r\\n"]}}`],
  ['a key as the whole of tls_config', `tls_config: ${MARKER}`],
  ['a key that is a list', `tls_config: {key: [${MARKER}], cert: [${MARKER}], ca: [${MARKER}]}`],
  ['a proxy of the wrong scheme', `proxy_url: socks5://bob:${MARKER}@proxy`],
  ['a path that is none', `path: "status?token=${MARKER}"`],
  ['a password with a reserved character', `basic_auth: {username: bob, password: @${MARKER}}`],
  ['a password behind a tag', `basic_auth: {username: bob, password: !${MARKER} ${MARKER}}`],
  ['a password behind an unknown alias', `basic_auth: {username: bob, password: *${MARKER}}`],
  ['an unclosed quote', `basic_auth: {username: bob, password: "${MARKER}}`],
  ['a wrong escape', `basic_auth: {username: bob, password: "\\q${MARKER}"}`],
  ['a block header', `basic_auth:\n        username: bob\n        password: |${MARKER}\n`],
];

describe('a problem', () => {
  it.each(MISTAKES)('with %s does not show the secret', (_, line) => {
    const text = `nodes: [{name: a, address: h}]\nmodules:\n  default:\n    health:\n      ${line}\n`;
    const problems = problemsOf(text);
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).not.toContain(MARKER);
  });

  it.each([`ftp://bob:${MARKER}@h/`, `http://bob:${MARKER}@h/#x`, `bob:${MARKER}@h`])(
    'with the URL %s does not show the secret',
    (url) => {
      const problems = problemsOf(`nodes: [{name: a, health_url: "${url}"}]\nhttp_sd_configs: [{url: "${url}"}]`);
      expect(problems).toHaveLength(2);
      expect(problems.join()).not.toContain(MARKER);
    },
  );

  it.each([
    `http_sd_configs: ["http://bob:${MARKER}@h/"]`,
    `http_sd_configs: http://h/?token=${MARKER}`,
    `http_sd_configs: [bob:${MARKER}@h]`,
    `http_sd_configs: [{url:http://bob:${MARKER}@h/}]`,
    `http_sd_configs: [{url: "http://h/", authorization: ${MARKER}}]`,
    `http_sd_configs: [{url: "http://h/", tls_config: {key: [${MARKER}]}}]`,
    `http_sd_configs: [{url: "http://h/", http_headers: {X-A:${MARKER}}}]`,
    `file_sd_configs: [{files: ["http://bob:${MARKER}@h/"]}]`,
    `nodes: ["http://bob:${MARKER}@h/"]`,
    `nodes: [{name: a, health_url:http://bob:${MARKER}@h/}]`,
    `probe: {allowed_targets: ["http://bob:${MARKER}@h/"]}`,
  ])('with a URL in the wrong place does not show the secret: %s', (text) => {
    const problems = problemsOf(text);
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).not.toContain(MARKER);
  });
});
