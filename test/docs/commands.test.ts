import { describe, expect, it } from 'vitest';
import { syntaxErrors } from '../grafana/promql.ts';
import { commandsOf } from './commands.ts';
import { blocksOf, readPages } from './pages.ts';

const TEXT = `# Page

    a --b    # why
    c | d

    # what follows
    cat > e <<EOF
    x: 1
    EOF
    f \\
      -g

text

    x: 1
    y: [2]

    - a: b

    k -H 'Accept: l'

    rate(genesis_x_total[5m])
    genesis_y{a="b"} == 0   # note

- list

      goes on

\`\`\`sh
h
\`\`\`

\`\`\`text
i
\`\`\`

\`\`\`
j: 1
\`\`\`
`;
const PAGE = { path: 'docs/a.md', text: TEXT };

it('commands are what is neither YAML nor PromQL nor fenced as something else', () => {
  expect(commandsOf(PAGE)).toEqual([
    { place: 'docs/a.md:3', text: 'a --b    # why' },
    { place: 'docs/a.md:4', text: 'c | d' },
    { place: 'docs/a.md:7', text: 'cat > e <<EOF\nx: 1\nEOF' },
    { place: 'docs/a.md:10', text: 'f \\\n  -g' },
    { place: 'docs/a.md:20', text: "k -H 'Accept: l'" },
    { place: 'docs/a.md:27', text: '  goes on' },
    { place: 'docs/a.md:30', text: 'h' },
  ]);
  const kinds = blocksOf(PAGE).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind !== 'commands')).toEqual(['yaml', 'yaml', 'promql', 'other', 'yaml']);
});

describe.each(readPages().map((page) => [page.path, page] as const))('%s', (_, page) => {
  it('has blocks that are ones: none is a part of the paragraph before it', () => {
    const prose = page.text.replaceAll(/^```\w*\n[\s\S]*?^```$/gm, '');
    expect(prose.match(/^(?! {4}|$).+\n {4}.*$/gm) ?? []).toEqual([]);
    expect(prose.match(/^(?:curl|genesis_\w+|genesis-exporter -|\w+\(genesis_).*$/gm) ?? []).toEqual([]);
  });

  it('has expressions that are PromQL', () => {
    for (const { kind, text } of blocksOf(page)) {
      if (kind !== 'promql') continue;
      for (const line of text.trim().split('\n')) expect(syntaxErrors(line.replace(/\s+#.*$/, ''))).toEqual([]);
    }
  });
});
