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
