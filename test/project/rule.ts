import { describe, expect, it } from 'vitest';
import type { SourceFile } from './source.ts';

/** A rule of the project. */
export interface Rule {
  /** What holds, in plain words. */
  readonly name: string;
  /** Why it is so: the failure message. */
  readonly reason: string;
  /** The places that break it, each with its path and, where there is one, its line. */
  readonly find: (files: readonly SourceFile[]) => readonly string[];
  /** Texts by path in each of which one place must be found: how the rule is known to see anything. */
  readonly broken: Readonly<Record<string, string>>;
  /** Texts by path in which nothing must be found. */
  readonly fine: Readonly<Record<string, string>>;
}

/** Tests of each rule: that it holds in these files, and that it finds what it should in its own examples. */
export function testRules(rules: readonly Rule[], files: readonly SourceFile[]): void {
  describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, { reason, find, broken, fine }) => {
    it('holds', () => {
      expect(find(files), reason).toEqual([]);
    });

    it('is seen when it is broken, and only then', () => {
      for (const [path, text] of Object.entries(broken)) {
        expect(find([{ path, text }]), `${path}: ${text}`).toHaveLength(1);
      }
      for (const [path, text] of Object.entries(fine)) {
        expect(find([{ path, text }]), `${path}: ${text}`).toEqual([]);
      }
    });
  });
}
