import { parseIpAddress } from './ip-address.ts';

const HOST_NAME = /^[a-z\d_-]{1,63}(?:\.[a-z\d_-]{1,63})*$/;
// A last part of digits alone is half an address; `xn--` with nothing behind it is refused by some versions of URL and taken by others.
const NEVER_A_NAME = /(?:^|\.)(?:\d+$|xn--(?:\.|$))/;
const MAX_NAME_LENGTH = 253;

/**
 * Whether a text is a host name in lower case: ASCII, without a dot at its end, and such that no URL parser would take it
 * for an address (`127.1`, `2130706433` and `0x7f000001` are loopback) or for another name.
 */
export function isHostName(text: string): boolean {
  if (text.length > MAX_NAME_LENGTH || !HOST_NAME.test(text) || !URL.canParse(`http://${text}/`)) return false;
  return new URL(`http://${text}/`).hostname === text && !NEVER_A_NAME.test(text);
}

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

/** `host:port`, an IPv6 address in brackets. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
