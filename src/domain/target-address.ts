import { isHostName } from './host-name.ts';
import { parseIpAddress } from './ip-address.ts';

/** A host and a port that somebody asks for. */
export interface TargetAddress {
  /** A host name in lower case, or an IP address, without brackets. */
  readonly host: string;
  readonly port: number;
}

const PORT = /^[1-9]\d{0,4}$/;

/** Takes `host:port` apart at its last colon, an IPv6 address being in brackets; undefined when there is no port from 1 to 65535. */
export function splitHostPort(text: string): { readonly host: string; readonly port: number } | undefined {
  const colon = text.lastIndexOf(':');
  const portText = text.slice(colon + 1);
  if (colon === -1 || !PORT.test(portText) || Number(portText) > 65_535) return undefined;
  return { host: text.slice(0, colon), port: Number(portText) };
}

/** The text between brackets; undefined when it is not in brackets. */
export function withoutBrackets(text: string): string | undefined {
  return text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : undefined;
}

/** Reads `host:port` and nothing else: no scheme, path, user, escape, blank, odd spelling of an address; undefined when it is not that. */
export function parseTargetAddress(text: string): TargetAddress | undefined {
  const parts = splitHostPort(text);
  if (parts === undefined) return undefined;
  const { port } = parts;
  const host = parts.host.toLowerCase();
  const bracketed = withoutBrackets(host);
  const isBracketedRightly = (bracketed !== undefined) === host.includes(':');
  if (!isBracketedRightly) return undefined;
  const isKnownForm = parseIpAddress(bracketed ?? host) !== undefined || isHostName(host);
  return isKnownForm ? { host: bracketed ?? host, port } : undefined;
}
