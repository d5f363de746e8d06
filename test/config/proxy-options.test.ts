import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { proxyFor } from '../../src/domain/proxy-rules.ts';

/** The proxies for http and https URLs of `host`, or the problems of the configuration, its health options being these. */
function proxiesOf(health: string, env: Record<string, string> = {}, host = 'genesis.example'): unknown {
  const text = `modules: {default: {health: {${health}}}}\nnodes: [{name: a, address: h}]\n`;
  const parsed = parseConfig(text, { file: 'genesis.yml', resolveFile: String, env });
  if (parsed.kind === 'problems') return parsed.problems;
  const proxy = parsed.config.modules.get('default')?.http.proxy;
  return ['http', 'https'].map((scheme) => proxyFor(proxy, new URL(`${scheme}://${host}/`))?.href);
}

describe('proxy_from_environment', () => {
  it.each([
    ['nothing', {}, [undefined, undefined]],
    ['empty ones', { HTTP_PROXY: '', https_proxy: '' }, [undefined, undefined]],
    ['one for http', { HTTP_PROXY: 'http://p:1' }, ['http://p:1/', undefined]],
    ['one for https', { HTTPS_PROXY: 'http://p:1' }, [undefined, 'http://p:1/']],
    ['lower case', { http_proxy: 'http://p:1', https_proxy: 'https://q' }, ['http://p:1/', 'https://q/']],
    [
      'upper case before lower case',
      { HTTP_PROXY: 'http://p:1', http_proxy: 'http://q', HTTPS_PROXY: '', https_proxy: 'http://r' },
      ['http://p:1/', 'http://r/'],
    ],
    ['one without a scheme', { HTTP_PROXY: 'proxy.example:3128' }, ['http://proxy.example:3128/', undefined]],
    ['an address without a scheme', { HTTPS_PROXY: '10.0.0.1:3128' }, [undefined, 'http://10.0.0.1:3128/']],
    ['credentials', { HTTP_PROXY: 'http://bob:p%40ss@p:1' }, ['http://bob:p%40ss@p:1/', undefined]],
    [
      'an exception',
      { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1', NO_PROXY: '.example' },
      [undefined, undefined],
    ],
    ['exceptions alone', { NO_PROXY: '*' }, [undefined, undefined]],
    [
      'an exception in lower case for one port',
      { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1', no_proxy: 'genesis.example:443' },
      ['http://p:1/', undefined],
    ],
    [
      'exceptions that no host can match, as Go ignores them',
      { HTTP_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/33,:80,other.example' },
      ['http://p:1/', undefined],
    ],
    ['a proxy for all, which Go does not know', { ALL_PROXY: 'http://p:1' }, [undefined, undefined]],
    ['names of the prototype', { toString: 'x' }, [undefined, undefined]],
  ])('takes %s', (_what, env, proxies) => {
    expect(proxiesOf('proxy_from_environment: true', env)).toEqual(proxies);
  });

  it.each(['localhost', '127.0.0.1', '[::1]'])('leaves %s alone', (host) => {
    const env = { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1' };
    expect(proxiesOf('proxy_from_environment: true', env, host)).toEqual([undefined, undefined]);
  });

  it.each(['', 'proxy_from_environment: false'])('takes nothing when it is not on: {%s}', (health) => {
    expect(proxiesOf(health, { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'nonsense nonsense' })).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each(['socks5://bob:hunter2@p:1', 'http://bob:hunter2@', 'hunter2 hunter2', 'http://p:0/hunter2'])(
    'says which variable has no proxy that can be used, never its value: %s',
    (url) => {
      const problem = (variable: string) =>
        `genesis.yml:1:54: modules.default.health.proxy_from_environment: expected the variable ${variable} to be an http:// or https:// URL`;
      const env = { HTTP_PROXY: url, https_proxy: url };
      expect(proxiesOf('proxy_from_environment: true', env)).toEqual([problem('HTTP_PROXY'), problem('https_proxy')]);
    },
  );
});

describe('proxy_url', () => {
  it.each([
    ['alone is for all, loopback too', '', 'localhost', ['http://p:1/', 'http://p:1/']],
    ['with an empty no_proxy too', ', no_proxy: ""', '127.0.0.1', ['http://p:1/', 'http://p:1/']],
    [
      'with no_proxy leaves loopback alone, as in Prometheus',
      ', no_proxy: a.example',
      'localhost',
      [undefined, undefined],
    ],
    [
      'with no_proxy leaves its hosts alone',
      ', no_proxy: genesis.example',
      'a.genesis.example',
      [undefined, undefined],
    ],
    ['with no_proxy is for all others', ', no_proxy: genesis.example', 'b.example', ['http://p:1/', 'http://p:1/']],
  ])('%s', (_what, more, host, proxies) => {
    expect(proxiesOf(`proxy_url: "http://p:1"${more}`, {}, host)).toEqual(proxies);
  });

  it('does not look at the environment', () => {
    const env = { HTTP_PROXY: 'http://q', NO_PROXY: '*' };
    expect(proxiesOf('proxy_url: "http://p:1"', env)).toEqual(['http://p:1/', 'http://p:1/']);
  });
});
