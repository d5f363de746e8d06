/** The parts of an http or https URL. */
export interface HttpUrl {
  /** Without user information. */
  readonly url: string;
  /** Host name or IP address, without brackets. */
  readonly host: string;
  readonly user: { readonly username: string; readonly password: string } | undefined;
}

/** Parses an http or https URL; undefined for any other text, and for a fragment, port 0, blanks or undecodable user information. */
export function parseHttpUrl(text: string): HttpUrl | undefined {
  if (!/^https?:\/\/(?!\/)[^\s\p{Cc}\p{Cs}#\\]+$/iu.test(text)) return undefined;
  try {
    const url = new URL(text);
    if (url.port === '0') return undefined;
    const username = decodeURIComponent(url.username);
    const password = decodeURIComponent(url.password);
    url.username = '';
    url.password = '';
    const user = username === '' && password === '' ? undefined : { username, password };
    return { url: url.href, host: url.hostname.replace(/^\[|\]$/g, ''), user };
  } catch {
    return undefined;
  }
}

/** Whether a text is a host name or an IP address, without port or brackets. */
export function isHost(text: string): boolean {
  if (!/^[\w.:-]{1,253}$/.test(text)) return false;
  return URL.canParse(text.includes(':') ? `http://[${text}]/` : `http://${text}/`);
}

/** Whether a host from `parseHttpUrl` is this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127\.[\d.]+|0\.0\.0\.0|::1?|::ffff:7f[\da-f]{2}:[\da-f]{1,4})$/.test(host);
}
