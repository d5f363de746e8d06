import type { Diagnosis } from '../domain/hint.ts';
import { byteExcerpt } from './excerpt.ts';
import { HEALTH, type Wanted } from './wanted.ts';

/** Recognises the protocol of a port by its first bytes, which are not HTTP; `problem` is the parser's message. */
export function diagnoseNoHttp(
  firstBytes: Uint8Array,
  problem: string,
  secrets: readonly string[],
  wanted: Wanted = HEALTH,
): Diagnosis {
  const [first = 0, second = 0, , fourth = 0] = firstBytes;
  const start = new TextDecoder('latin1').decode(firstBytes);
  // Records of TLS: an alert or a handshake, of version 3.x.
  if ((first === 0x15 || first === 0x16) && second === 0x03)
    return { hint: 'speaks-tls', text: `the port speaks TLS; ${wanted.https}` };
  // Every HTTP/2 server begins with a frame of SETTINGS.
  if (first === 0 && second === 0 && fourth === 0x04)
    return { hint: 'http2', text: 'the port speaks HTTP/2 without negotiation; the exporter needs HTTP/1.1' };
  const shown = byteExcerpt(firstBytes, secrets);
  if (start.startsWith('SSH-')) return { hint: 'ssh-server', text: `an SSH server answers: ${shown}` };
  if (start.startsWith('HTTP/1.'))
    return { hint: 'broken-http', text: `not valid HTTP: ${problem}; it begins ${shown}` };
  return { hint: 'other-protocol', text: `something answers that does not speak HTTP: ${shown}` };
}
