const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['ESERVFAIL', 'the DNS server failed to answer (SERVFAIL)'],
  ['EREFUSED', 'the DNS server refused to answer (REFUSED)'],
  ['EFORMERR', 'the DNS server did not understand the question (FORMERR)'],
  ['ENOTIMP', 'the DNS server does not know this type of question (NOTIMP)'],
  ['EBADRESP', 'the answer of the DNS server is damaged'],
  ['ETIMEOUT', 'no answer from the DNS server in time'],
  ['ECONNREFUSED', 'no DNS server listens'],
]);

const MAX_SERVERS = 3;

/** Describes what a DNS server answered instead of records, for which full name, and which servers were queried. */
export function diagnoseDns(code: string, name: string, servers: readonly string[]): string {
  const more = servers.length > MAX_SERVERS ? ' and others' : '';
  const asked = servers.length === 0 ? 'nobody' : `${servers.slice(0, MAX_SERVERS).join(', ')}${more}`;
  return `${MEANINGS.get(code) ?? code}; asked ${asked} for ${name}`;
}
