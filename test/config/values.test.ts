import { describe, expect, it } from 'vitest';
import { fixture, parsed } from './parsed.ts';

describe('a value of a good file', () => {
  it('shortens default timeouts where the interval is short', () => {
    const node = parsed(fixture('good/merged.yml')).nodes[2];
    expect(node?.health.timeoutMs).toBe(2_000);
    expect(node?.connectTimeoutMs).toBe(2_000);
    expect(node?.node.staleAfterMs).toBe(6_000);
  });

  it('takes address for connects and health_url for health', () => {
    const [node] = parsed('nodes: [{name: a, address: 10.0.0.5, health_url: "http://lb/health/status"}]').nodes;
    expect([node?.node.address, node?.health.url]).toEqual(['10.0.0.5', 'http://lb/health/status']);
  });

  it.each([
    ['1e3', 1000],
    ['0x1F', 31],
    ['0o17', 15],
    ['+80', 80],
  ])('reads the number %s as %j', (text, port) => {
    const [node] = parsed(`nodes: [{name: a, address: h, processes: [{name: P, port: ${text}}]}]`).nodes;
    expect(node?.node.declared.get('P')?.port).toBe(port);
  });

  it.each([
    ['authorization: {credentials_file: token}', 'Bearer', { kind: 'file', path: '/etc/x/token' }],
    ['authorization: {type: Token, credentials: abc}', 'Token', { kind: 'inline', value: 'abc' }],
  ])('reads %s', (text, type, credentials) => {
    const [node] = parsed(`modules: {default: {health: {${text}}}}\nnodes: [{name: a, address: h}]`).nodes;
    expect(node?.health.http.authorization).toEqual({ type, credentials });
  });

  it('reads a user without a password, and a name from a file', () => {
    const [node] = parsed(
      'modules: {default: {health: {basic_auth: {username_file: user}}}}\nnodes: [{name: a, address: h}]',
    ).nodes;
    expect(node?.health.http.basicAuth).toEqual({
      username: { kind: 'file', path: '/etc/x/user' },
      password: { kind: 'inline', value: '' },
    });
  });

  it('may have thousands of nodes that share an anchor', () => {
    const nodes = Array.from({ length: 1000 }, (_, index) => `  - {name: n${index}, <<: *all}`);
    const text = `nodes:\n  - &all {name: all, address: 10.0.0.5}\n${nodes.join('\n')}\n`;
    expect(parsed(text).nodes).toHaveLength(1001);
  });
});
