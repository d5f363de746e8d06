import { type NamedElement, parseNamedElements } from './named-elements.ts';
import { type Parsed, quoteText } from './text-problem.ts';
import { parseBoolean, parsePort } from './text-values.ts';

/** A `<service>`: the port of a process for the other processes. */
export interface ServiceEntry {
  /** Undefined means the node itself. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** Whether the port speaks TLS. */
  readonly secure: boolean;
  /** Whether it runs on another server. */
  readonly external: boolean;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)?$/i;

/**
 * The services of a `*-service-definitions.xml` by name, in the form that Genesis' documentation of the service
 * definition describes: host, name, port, external, secure.
 */
export function parseServiceDefinitionsXml(text: string): Parsed<ReadonlyMap<string, ServiceEntry>> {
  return parseNamedElements(text, 'service', (named) => {
    const host = named.element.attributes.get('host') ?? '';
    return {
      host: LOOPBACK.test(host) ? undefined : host,
      port: portOf(named),
      secure: flagOf(named, 'secure'),
      external: flagOf(named, 'external'),
    };
  });
}

function portOf({ name, element, report }: NamedElement): number | undefined {
  const text = element.attributes.get('port');
  const port = parsePort(text);
  if (port === undefined && text !== undefined) {
    report(`expected a port from 1 to 65535 for ${name}, got ${quoteText(text)}`);
  }
  return port;
}

function flagOf({ name, element, report }: NamedElement, attribute: string): boolean {
  const text = element.attributes.get(attribute) ?? '';
  const value = parseBoolean(text);
  if (value === undefined && text !== '') {
    report(`expected true or false for ${attribute} of ${name}, got ${quoteText(text)}`);
  }
  return value ?? false;
}
