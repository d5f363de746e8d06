import { expect, it } from 'vitest';
import { fullNames } from '../../src/discovery/dns-names.ts';

const KUBERNETES = `nameserver 10.96.0.10
search trading.svc.cluster.local svc.cluster.local cluster.local
options timeout:2 ndots:5
`;

it.each<[string, string, readonly string[]]>([
  ['a full name is asked as it is', 'a.example', ['a.example.']],
  ['a dot at the end says that a name is full', 'a.', ['a.']],
])('%s', (_, name, names) => {
  expect(fullNames(name, '')).toEqual(names);
});

it.each<[string, string, readonly string[]]>([
  [
    'genesis',
    KUBERNETES,
    ['genesis.trading.svc.cluster.local.', 'genesis.svc.cluster.local.', 'genesis.cluster.local.', 'genesis.'],
  ],
  [
    '_health._tcp.genesis.trading.svc.cluster.local',
    KUBERNETES,
    [expect.stringMatching(/^_health.*cluster\.local\.$/), expect.anything(), expect.anything(), expect.anything()],
  ],
  ['genesis.trading.svc.cluster.local.', KUBERNETES, ['genesis.trading.svc.cluster.local.']],
  ['a', 'domain example.\n', ['a.example.', 'a.']],
  ['a.b', 'search example\n', ['a.b.', 'a.b.example.']],
  ['a', 'search one\nsearch two\n', ['a.two.', 'a.']],
  ['a', '# search one\nsearch two ; three\n', ['a.two.', 'a.']],
  ['a', 'search .\n', ['a.']],
  ['a', 'search\n', ['a.']],
  ['a', 'search x\noptions ndots:0\n', ['a.', 'a.x.']],
  ['a.b.c', 'search x\noptions ndots:9\noptions ndots:2\n', ['a.b.c.', 'a.b.c.x.']],
  ['a', 'search x\noptions ndots:much\n', ['a.x.', 'a.']],
])('%s with %j', (name, resolvConf, names) => {
  expect(fullNames(name, resolvConf)).toEqual(names);
});
