import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALERTS, KNOWN_SERIES, RECORDS, ROOT, readText, seriesIn } from './rule-files.ts';

const NAMES = [...new Set(ALERTS.map(({ alert }) => alert))];
const PAGE = readText('docs/alerts.md');

describe('docs/runbooks/', () => {
  it('has a page for each alert, and no other', () => {
    expect(readdirSync(`${ROOT}docs/runbooks`).toSorted()).toEqual(NAMES.map((name) => `${name}.md`).toSorted());
  });

  it.each(NAMES)('tells meaning, impact, diagnosis and mitigation of %s', (name) => {
    const text = readText(`docs/runbooks/${name}.md`);
    const sections = text.split(/^#+ .*\n/m).map((section) => section.trim());
    expect(text.match(/^#+ .*$/gm)).toEqual([`# ${name}`, '## Meaning', '## Impact', '## Diagnosis', '## Mitigation']);
    for (const section of sections.slice(2)) expect(section).toMatch(/^\S.{20}/s);
  });

  it('names no metric that there is not, and links no page that there is not', () => {
    for (const name of NAMES) {
      const text = readText(`docs/runbooks/${name}.md`);
      const links = [...text.matchAll(/\]\((\w+)\.md\)/g)].map(([, target = '']) => target);
      expect(
        seriesIn(text).filter((series) => !KNOWN_SERIES.has(series)),
        name,
      ).toEqual([]);
      expect(
        links.filter((target) => !NAMES.includes(target)),
        name,
      ).toEqual([]);
    }
  });
});

describe('docs/alerts.md', () => {
  it('has exactly the alerts that there are, with severity and duration', () => {
    const rows = [...PAGE.matchAll(/^\| \[(\w+)\]\(runbooks\/(\w+)\.md\) \| (\w+) \| (\w*) ?\| .+\. \|$/gm)];
    expect(rows.map(([, alert, file, severity, held]) => `${alert} ${file} ${severity} ${held}`).toSorted()).toEqual(
      ALERTS.map((rule) => `${rule.alert} ${rule.alert} ${rule.labels.severity} ${rule.for ?? ''}`).toSorted(),
    );
  });

  it('has exactly the recording rules that there are', () => {
    const rows = [...PAGE.matchAll(/^\| `(genesis_\w+:\w+:\w+)` \|/gm)].map(([, record]) => record);
    expect(rows.toSorted()).toEqual(RECORDS.map(({ record }) => record).toSorted());
  });
});
