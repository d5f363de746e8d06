import * as z from 'zod';
import { normaliseBcryptHash } from './bcrypt-hash.ts';
import { parseGoDuration } from './duration.ts';
import { dictionary, list, mapping, word } from './schema-values.ts';
import { CIPHER_SUITES, CURVES } from './web-tls-names.ts';

// As in schema-values.ts, the error of each schema says what was expected. The schemas accept the same loose values as Go's YAML library.

/** How the server asks clients for certificates; the names are from Go. */
export const CLIENT_AUTH_TYPES = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'] as const;
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'] as const;

const text = () => z.string('text');

const flag = () => z.union([z.boolean(), z.enum(TRUE), z.enum(FALSE)], 'true or false').transform(isTrue);

function isTrue(given: boolean | (typeof TRUE)[number] | (typeof FALSE)[number]): boolean {
  return given === true || TRUE.some((known) => known === given);
}

/** A key of a table; the checked value is the value in the table. */
function wordOf<const T extends Readonly<Record<string, string>>>(table: T) {
  const expected = `one of ${Object.keys(table).join(', ')}`;
  return z.string(expected).transform((given, context) => {
    const found = Object.entries(table).find(([name]) => name === given)?.[1];
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

const goDuration = () => {
  const expected = 'a duration, such as 1s or 1m30s';
  return z.union([z.number(), z.string()], expected).transform((given, context) => {
    // Go reads a plain number as nanoseconds.
    const ms = typeof given === 'number' ? given / 1e6 : parseGoDuration(given);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
};

const bcryptHash = () => {
  const expected = 'a bcrypt hash, as of htpasswd -B';
  return z.string(expected).transform((given, context) => {
    const hash = normaliseBcryptHash(given);
    if (hash !== undefined) return hash;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
};

const headerValue = () => {
  const expected = 'text that a header can carry';
  return z
    .union([z.string(), z.number(), z.boolean()], expected)
    .transform(String)
    .refine((given) => /^[\t\x20-\x7e\x80-\xff]*$/.test(given), expected);
};

const tlsSchema = mapping({
  cert: text(),
  cert_file: text(),
  key: text(),
  key_file: text(),
  client_ca: text(),
  client_ca_file: text(),
  client_auth_type: word([...CLIENT_AUTH_TYPES, 'RequireClientCert', '']),
  client_allowed_sans: list(text()),
  cipher_suites: list(z.string('the name of a cipher suite').refine(isCipherSuite, 'the name of a cipher suite')),
  curve_preferences: list(wordOf(CURVES)),
  min_version: word(['TLS10', 'TLS11', 'TLS12', 'TLS13']),
  max_version: word(['TLS10', 'TLS11', 'TLS12', 'TLS13']),
  prefer_server_cipher_suites: flag(),
}).partial();

function isCipherSuite(name: string): boolean {
  return CIPHER_SUITES.includes(name);
}

const headersSchema = mapping({
  'X-Content-Type-Options': word(['nosniff']),
  'X-Frame-Options': word(['deny', 'sameorigin']),
  'X-XSS-Protection': headerValue(),
  'Content-Security-Policy': headerValue(),
  'Strict-Transport-Security': headerValue(),
}).partial();

/** The web configuration file, in the format of Prometheus' exporter-toolkit. Checked durations are in milliseconds. */
export const webConfigSchema = mapping({
  tls_server_config: tlsSchema,
  http_server_config: mapping({ http2: flag(), headers: headersSchema }).partial(),
  rate_limit: mapping({ interval: goDuration(), burst: z.number('a whole number').transform(Math.trunc) }).partial(),
  basic_auth_users: dictionary(text(), bcryptHash()),
}).partial();

/** The checked file. */
export type WebConfigDocument = z.output<typeof webConfigSchema>;

/** The checked `tls_server_config`. */
export type WebTlsDocument = z.output<typeof tlsSchema>;
