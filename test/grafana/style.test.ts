import { describe, expect, it } from 'vitest';
import { importsOf } from '../project/imports.ts';
import { testRules } from '../project/rule.ts';
import { readSources } from '../project/source.ts';
import { STYLE_RULES } from '../project/style-rules.ts';

const FILES = readSources('grafana/src');

describe('the code of the dashboards', () => {
  testRules(STYLE_RULES, FILES);

  it("knows nothing but Grafana's SDK, itself and the domain's words", () => {
    const targets = FILES.flatMap(importsOf).map(({ target }) => target);
    expect(targets.length).toBeGreaterThan(50);
    expect(targets.filter((target) => !/^(?:@grafana\/|grafana\/src\/|src\/domain\/)/.test(target))).toEqual([]);
  });
});
