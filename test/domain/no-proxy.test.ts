import { describe, expect, it } from 'vitest';
import { parseNoProxy } from '../../src/domain/no-proxy.ts';
import { type ProxyRules, proxyFor } from '../../src/domain/proxy-rules.ts';
import { NO_PROXY_TABLE } from './no-proxy-table.ts';

const FOR_HTTP = 'http://user:pass@proxy.example:3128/';
const FOR_HTTPS = 'https://proxy.example/';

function rules(noProxy?: string): ProxyRules {
  const exceptions = noProxy === undefined ? undefined : parseNoProxy(noProxy).filter((entry) => entry !== undefined);
  return { forHttp: FOR_HTTP, forHttps: FOR_HTTPS, exceptions };
}

describe('a request', () => {
  it.each(NO_PROXY_TABLE)('with no_proxy %j to %s goes through the proxy: %s', (noProxy, url, through) => {
    const proxy = url.startsWith('https:') ? FOR_HTTPS : FOR_HTTP;
    expect(proxyFor(rules(noProxy), new URL(url))?.href).toBe(through ? proxy : undefined);
  });

  it.each(['http://genesis.example/', 'http://localhost/', 'http://127.0.0.1:1/', 'http://[::1]/'])(
    'without no_proxy always goes through the proxy: %s',
    (url) => {
      expect(proxyFor(rules(), new URL(url))?.href).toBe(FOR_HTTP);
    },
  );

  it('goes through no proxy that is for the other scheme', () => {
    const url = (scheme: string) => new URL(`${scheme}://genesis.example/`);
    expect(proxyFor({ ...rules(''), forHttps: undefined }, url('https'))).toBeUndefined();
    expect(proxyFor({ ...rules(''), forHttp: undefined }, url('http'))).toBeUndefined();
    expect(proxyFor(undefined, url('http'))).toBeUndefined();
  });
});

describe('parseNoProxy', () => {
  it.each([
    '10.0.0.0/33',
    '10.0.0.0/8:80',
    '10.0.0.0/',
    '10/8',
    '[fd00::5]',
    '[fd00::5',
    'genesis.example:080',
    'genesis.example:http',
    'genesis.example:65536',
    ':80',
    '.',
    '*.',
    '*:80',
    '*genesis.example',
    'genesis.*',
    'a.example b.example',
    'http://genesis.example',
    'fe80::1%eth0',
    'a..b',
    'bü cher.example',
    'bücher.example/x',
    'bücher@genesis.example',
  ])('finds that no host can match %s', (entry) => {
    expect(parseNoProxy(`a.example, ${entry}`)).toEqual([expect.objectContaining({ kind: 'domain' }), undefined]);
  });

  it('takes commas without anything between them', () => {
    expect(parseNoProxy(' ,, ')).toEqual([]);
  });
});
