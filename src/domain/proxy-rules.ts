import { goesPastProxy, type NoProxyEntry } from './no-proxy.ts';
import { withoutBrackets } from './target-address.ts';

/** Which requests go through a proxy, and which one. */
export interface ProxyRules {
  /** The proxy for http URLs, with its credentials; undefined for none. */
  readonly forHttp: string | undefined;
  /** The same for https URLs. */
  readonly forHttps: string | undefined;
  /** What is reached without a proxy, beside this machine itself; undefined when all goes through it, this machine too. */
  readonly exceptions: readonly NoProxyEntry[] | undefined;
}

/** The proxy that a request to an http or https URL goes through; undefined for none. */
export function proxyFor(rules: ProxyRules | undefined, { protocol, hostname, port }: URL): URL | undefined {
  const isSecure = protocol === 'https:';
  const proxy = isSecure ? rules?.forHttps : rules?.forHttp;
  if (proxy === undefined) return undefined;
  const host = withoutBrackets(hostname) ?? hostname;
  const isException = rules?.exceptions && goesPastProxy(rules.exceptions, host, port || (isSecure ? '443' : '80'));
  return isException ? undefined : new URL(proxy);
}
