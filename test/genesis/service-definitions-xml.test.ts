import { describe, expect, it } from 'vitest';
import { parseServiceDefinitionsXml } from '../../src/genesis/service-definitions-xml.ts';

const DEFAULTS = { host: undefined, port: undefined, secure: false, external: false };

function parsed(attributes: string) {
  const result = parseServiceDefinitionsXml(`<configuration>\n<service name="A" ${attributes}/></configuration>`);
  if (result.kind === 'malformed') throw new Error(result.problem.message);
  const problems = result.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  return { service: result.value.get('A'), problems };
}

describe('parseServiceDefinitionsXml', () => {
  it.each([
    ['nothing but a name', '', DEFAULTS],
    ['the short form', 'host="localhost" port="9000"', { ...DEFAULTS, port: 9000 }],
    ['blanks around =', 'host = "localhost" port ="11004"', { ...DEFAULTS, port: 11004 }],
    [
      'the merged form',
      'external="false" host="localhost" port="9017" secure="true"',
      { ...DEFAULTS, port: 9017, secure: true },
    ],
    [
      'an external service',
      'host="b.example" port="8510" external="TRUE"',
      { ...DEFAULTS, host: 'b.example', port: 8510, external: true },
    ],
    ['another host', 'host="10.0.0.5"', { ...DEFAULTS, host: '10.0.0.5' }],
    ['loopback in capitals', 'host="LocalHost"', DEFAULTS],
    ['a loopback address', 'host="127.0.0.1"', DEFAULTS],
    ['an IPv6 loopback address', 'host="::1"', DEFAULTS],
    ['a blank host', 'host=" "', DEFAULTS],
    ['a host that only begins so', 'host="localhost.example"', { ...DEFAULTS, host: 'localhost.example' }],
    ['blanks around a port', 'port=" 9000 "', { ...DEFAULTS, port: 9000 }],
  ])('reads %s', (_, attributes, expected) => {
    expect(parsed(attributes)).toEqual({ service: expected, problems: [] });
  });

  it.each([
    ['port="80a"', '2:1: expected a port from 1 to 65535 for A, got "80a"'],
    ['port=""', '2:1: expected a port from 1 to 65535 for A, got ""'],
    ['port="0"', '2:1: expected a port from 1 to 65535 for A, got "0"'],
    ['port="65536"', '2:1: expected a port from 1 to 65535 for A, got "65536"'],
    ['port="-1"', '2:1: expected a port from 1 to 65535 for A, got "-1"'],
    ['port="0x50"', '2:1: expected a port from 1 to 65535 for A, got "0x50"'],
    ['secure="yes"', '2:1: expected true or false for secure of A, got "yes"'],
    ['external="1"', '2:1: expected true or false for external of A, got "1"'],
  ])('passes over %s', (attributes, problem) => {
    expect(parsed(attributes)).toEqual({ service: DEFAULTS, problems: [problem] });
  });
});
