import { describe, expect, it } from 'vitest';
import { joinDeclared } from '../../src/genesis/declared.ts';

const PROCESS = { group: 'TRADING', start: true, primaryOnly: false };
const SERVICE = { host: undefined, port: 9000, secure: false, external: false };
const DECLARED = {
  name: 'A',
  host: undefined,
  port: 9000,
  tls: false,
  expected: true,
  external: false,
  group: 'TRADING',
  primaryOnly: false,
};

function join({
  process = PROCESS,
  service = SERVICE,
  items = {},
  env = {},
}: {
  readonly process?: typeof PROCESS;
  readonly service?: Omit<typeof SERVICE, 'host'> & { readonly host: string | undefined };
  readonly items?: Readonly<Record<string, string | undefined>>;
  readonly env?: Readonly<Record<string, string>>;
} = {}) {
  const entries = {
    processes: new Map([['A', process]]),
    services: new Map([
      ['A', service],
      ['GATEWAY', SERVICE],
    ]),
    items: new Map(Object.entries(items)),
  };
  return joinDeclared(entries, new Map(Object.entries(env)));
}

describe('joinDeclared', () => {
  it.each([
    ['a process and its service', {}, {}],
    ['TLS', { service: { ...SERVICE, secure: true } }, { tls: true }],
    ['another host', { service: { ...SERVICE, host: 'b.example' } }, { host: 'b.example' }],
    ['an external service', { service: { ...SERVICE, external: true } }, { expected: false, external: true }],
    ['a process that is not started', { process: { ...PROCESS, start: false } }, { expected: false }],
    ['an overriding port', { env: { A_PORT: '22222' } }, { port: 22222 }],
    ["a port of Kubernetes' service variables", { env: { A_PORT: 'tcp://10.0.0.1:9' } }, {}],
    ['an impossible port', { env: { A_PORT: '70000' } }, {}],
    ['an overriding start', { items: { A_PROCESS_START: ' False ' } }, { expected: false }],
    [
      'a start that overrides the file',
      { process: { ...PROCESS, start: false }, items: { A_PROCESS_START: 'true' } },
      { expected: true },
    ],
    [
      'a start of an external service',
      { service: { ...SERVICE, external: true }, items: { A_PROCESS_START: 'true' } },
      { expected: false, external: true },
    ],
    ['an unknown start', { items: { A_PROCESS_START: undefined } }, { expected: false }],
    ['a start that is neither', { items: { A_PROCESS_START: 'maybe' } }, { expected: false }],
    ['an overriding group', { items: { A_PROCESS_GROUP_ID: ' CORE ' } }, { group: 'CORE' }],
    ['an unknown group', { items: { A_PROCESS_GROUP_ID: undefined } }, { group: '' }],
    ['an overriding primary-only', { items: { A_PROCESS_PRIMARY_ONLY: 'true' } }, { primaryOnly: true }],
    ['an unknown primary-only', { items: { A_PROCESS_PRIMARY_ONLY: undefined } }, { primaryOnly: true }],
  ])('joins %s', (_, given, expected) => {
    expect(join(given).processes).toEqual([{ ...DECLARED, ...expected }]);
  });

  it('takes items of a process whose name is not in capitals', () => {
    const processes = new Map([['Prices', PROCESS]]);
    const items = new Map([['PRICES_PROCESS_START', 'false']]);
    const { processes: declared } = joinDeclared({ processes, services: new Map(), items }, new Map());
    expect(declared).toEqual([{ ...DECLARED, name: 'Prices', port: undefined, expected: false }]);
  });

  it.each([
    [undefined, undefined],
    ['4569', 4569],
    [' 4569 ', 4569],
    ['0', undefined],
    ['4569a', undefined],
    ['', undefined],
  ])('finds in DaemonHealthPort %j the health port %j', (value, port) => {
    expect(join({ items: { DAEMONHEALTHPORT: value } }).healthPort).toBe(port);
  });
});
