import { describe, expect, it } from 'vitest';
import { fixture, problemsOf } from './parsed.ts';

describe('problems', () => {
  it('come in the order of their lines', () => {
    const lines = problemsOf(fixture('bad/several-at-once.yml')).map((problem) => Number(problem.split(':')[1]));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  it('say nothing that follows from another one', () => {
    const text = 'scrape_interval: 5\nscrape_timeout: 30s\nnodes: [{name: a, address: "a b"}]';
    expect(problemsOf(text)).toEqual([
      'genesis.yml:1:18: scrape_interval: expected a duration from 1s to 1d, such as 15s or 1m30s, got 5',
      'genesis.yml:3:28: nodes[0].address: expected a host name or an IP address, without port, got "a b"',
    ]);
  });

  it('of a merged key stand where the mapping begins', () => {
    const text = 'nodes:\n  - &a {name: a, address: h}\n  - <<: [{cluster: 7}, *a]\n    name: b\n';
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^genesis\.yml:3:5: nodes\[1\]\.cluster: expected text/)]);
  });

  it('of a value behind an alias stand at the alias', () => {
    const text = 'modules: {m: &m {colour: red}, n: *m}\nnodes: [{name: a, address: h}]\n';
    expect(problemsOf(text)).toEqual([
      'genesis.yml:1:18: modules.m.colour: unknown key',
      'genesis.yml:1:35: modules.n.colour: unknown key',
    ]);
  });
});
