import { type NoProxyEntry, parseNoProxy } from '../domain/no-proxy.ts';
import type { ProxyRules } from '../domain/proxy-rules.ts';
import { parseHttpUrl } from './health-url.ts';
import type { Path } from './problem.ts';
import type { HttpClientDocument } from './schema-http.ts';
import type { HttpResolving } from './secret.ts';

/** The proxies of the mapping at `at`; undefined when there are none. Reports the same contradictions as Prometheus. */
export function resolveProxy(document: HttpClientDocument, at: Path, resolving: HttpResolving): ProxyRules | undefined {
  const { proxy_url: url, no_proxy: noProxy = '', proxy_from_environment: isFromEnvironment = false } = document;
  const [urlPath, exceptionsPath, environmentPath] = [
    [...at, 'proxy_url'],
    [...at, 'no_proxy'],
    [...at, 'proxy_from_environment'],
  ];
  if (isFromEnvironment) {
    if (url !== undefined) {
      const message = 'expected either proxy_url or proxy_from_environment, got both';
      resolving.report({ path: environmentPath, message });
    }
    if (noProxy !== '') {
      const message = 'expected no_proxy beside proxy_url alone: proxy_from_environment takes NO_PROXY';
      resolving.report({ path: exceptionsPath, message });
    }
    return proxiesOf(environmentPath, resolving);
  }
  if (url !== undefined) {
    return { forHttp: url, forHttps: url, exceptions: noProxy === '' ? undefined : entriesOf(noProxy) };
  }
  if (noProxy !== '') {
    const message = 'expected proxy_url beside no_proxy, which says what goes past it';
    resolving.report({ path: exceptionsPath, message, from: [urlPath, exceptionsPath, environmentPath] });
  }
  return undefined;
}

/** The proxies of the environment. A variable in upper case takes precedence over the same one in lower case. */
function proxiesOf(path: Path, { env, report }: HttpResolving): ProxyRules | undefined {
  function read(name: string) {
    const found = [name, name.toLowerCase()].map((variable) => ({ variable, text: env[variable] ?? '' }));
    return found.find(({ text }) => text !== '');
  }

  function proxyOf(name: string): string | undefined {
    const found = read(name);
    if (found === undefined) return undefined;
    const { variable, text } = found;
    const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
    if (parseHttpUrl(url) === undefined) {
      report({ path, message: `expected the variable ${variable} to be an http:// or https:// URL` });
    }
    return url;
  }

  const rules = {
    forHttp: proxyOf('HTTP_PROXY'),
    forHttps: proxyOf('HTTPS_PROXY'),
    exceptions: entriesOf(read('NO_PROXY')?.text ?? ''),
  };
  return (rules.forHttp ?? rules.forHttps) === undefined ? undefined : rules;
}

/** Drops entries that no host can match. In a file the schema has already reported them; in the environment Go ignores them too. */
function entriesOf(text: string): readonly NoProxyEntry[] {
  return parseNoProxy(text).filter((entry) => entry !== undefined);
}
