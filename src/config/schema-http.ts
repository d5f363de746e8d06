import * as z from 'zod';
import { DEFAULTS } from './defaults.ts';
import {
  dictionary,
  field,
  filePath,
  flag,
  host,
  httpUrl,
  list,
  mapping,
  noProxy,
  secret,
  word,
} from './schema-values.ts';

const TLS_VERSIONS = ['TLS10', 'TLS11', 'TLS12', 'TLS13'] as const;

const TOKEN = /^[\w!#$%&'*+.^`|~-]{1,256}$/;

const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const token = (expected: string) => z.string(expected).regex(TOKEN, expected);

const headerValue = z.string('text that a header can carry').regex(HEADER_VALUE, 'text that a header can carry');

const basicAuthSchema = mapping({
  username: field(secret(), 'User name.'),
  username_file: field(filePath(), 'File that holds the user name.'),
  password: field(secret(), 'Password.'),
  password_file: field(filePath(), 'File that holds the password.'),
});

const authorizationSchema = mapping({
  type: field(token('an authorization type'), 'Authentication scheme.', DEFAULTS.authorizationType),
  credentials: field(headerValue, 'Credentials, such as a token.'),
  credentials_file: field(filePath(), 'File that holds the credentials.'),
});

const tlsSchema = mapping({
  ca: field(secret(), 'CA certificate in PEM that signed the server; default: those of Node.js.'),
  ca_file: field(filePath(), 'File that holds the CA certificate.'),
  cert: field(secret(), 'Client certificate in PEM.'),
  cert_file: field(filePath(), 'File that holds the client certificate.'),
  key: field(secret(), 'Key of the client certificate in PEM.'),
  key_file: field(filePath(), 'File that holds the key of the client certificate.'),
  server_name: field(host(), "Name that the server's certificate must have; default: the host of the URL."),
  insecure_skip_verify: field(flag(), "Accept any server's certificate.", false),
  min_version: field(word(TLS_VERSIONS), 'Oldest TLS version to speak.'),
  max_version: field(word(TLS_VERSIONS), 'Newest TLS version to speak.'),
});

const headerSchema = mapping({
  values: field(list(headerValue), 'Values.'),
  secrets: field(list(headerValue), 'Values that are secret.'),
  files: field(list(filePath()), 'Files that hold a value each.'),
});

/** The supported keys of Prometheus' HTTP client options. */
export const HTTP_CLIENT_SHAPE = {
  basic_auth: field(basicAuthSchema, 'User name and password for HTTP basic authentication.'),
  authorization: field(authorizationSchema, 'The Authorization header.'),
  tls_config: field(tlsSchema, 'TLS, for https URLs.'),
  http_headers: field(dictionary(token('the name of a header'), headerSchema), 'Further request headers by name.'),
  proxy_url: field(httpUrl(), 'Proxy to send requests through.'),
  no_proxy: field(
    noProxy(),
    'Hosts that are reached without proxy_url: domains, IP addresses, CIDRs; parted by commas.',
  ),
  proxy_from_environment: field(flag(), 'Use the proxies of HTTP_PROXY, HTTPS_PROXY and NO_PROXY.', false),
} as const;

/** Checked HTTP client options. */
export type HttpClientDocument = z.output<z.ZodObject<typeof HTTP_CLIENT_SHAPE>>;

/** Checked TLS options. */
export type TlsDocument = z.output<typeof tlsSchema>;
