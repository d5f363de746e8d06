import { describe, expect, it } from 'vitest';
import { admitsAll, admitsNode, admitsProcess, filterQuery, readFilter } from '../../src/page/filter.ts';
import { aNodeInfo, aProcessInfo } from '../helpers/node-infos.ts';

const UP = aProcessInfo({ name: 'UPPER', message: 'Lmdb', port: 8001 });
const DOWN = aProcessInfo({ name: 'DOWNER', state: 'DOWN', healthy: false, reason: 'connect_failed' });
const NODE = aNodeInfo({ name: 'trading-a', cluster: 'london', processes: [UP, DOWN] });

describe('a filter', () => {
  it.each([
    ['', ['UPPER', 'DOWNER']],
    ['?text=upp', ['UPPER']],
    ['?text=%20LMDB%20', ['UPPER']],
    ['?text=8001', ['UPPER']],
    ['?text=down', ['DOWNER']],
    ['?text=London', ['UPPER', 'DOWNER']],
    ['?text=(%5B', []],
    ['?text=nothing', []],
    ['?state=UP', ['UPPER']],
    ['?state=unhealthy', ['DOWNER']],
    ['?state=ERROR', []],
    ['?state=up', ['UPPER', 'DOWNER']],
    ['?state=UP&text=down', []],
    ['?node=trading-a&state=DOWN', ['DOWNER']],
  ])('of %j admits %j', (query, names) => {
    const filter = readFilter(new URLSearchParams(query));
    expect(NODE.processes.filter((one) => admitsProcess(filter, NODE, one)).map(({ name }) => name)).toEqual(names);
    expect(admitsNode(filter, NODE)).toBe(names.length > 0);
  });

  it('of a node admits that node alone, even without processes', () => {
    const filter = readFilter(new URLSearchParams('?node=trading-a'));
    expect(admitsNode(filter, aNodeInfo({ name: 'trading-a' }))).toBe(true);
    expect(admitsNode(filter, aNodeInfo({ name: 'trading-ab' }))).toBe(false);
    expect(admitsNode(readFilter(new URLSearchParams('?state=UP')), aNodeInfo())).toBe(false);
  });

  it.each(['', '?text=a+b', '?state=unhealthy', '?text=%26&state=DOWN&node=%3Cn%3E'])(
    'is kept in the query %j',
    (query) => {
      const filter = readFilter(new URLSearchParams(query));
      expect(filterQuery(filter)).toBe(query);
      expect(admitsAll(filter)).toBe(query === '');
    },
  );
});
