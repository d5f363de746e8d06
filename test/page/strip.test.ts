import { describe, expect, it } from 'vitest';
import type { SpanState } from '../../src/domain/history.ts';
import { STRIP_PATTERNS, stripHtml } from '../../src/page/strip.ts';
import { type StripSpan, spansWithin, stripLayers } from '../../src/page/strip-shapes.ts';
import { stripSummary } from '../../src/page/strip-text.ts';

const HOUR = 3_600_000;
const WINDOW = { fromMs: 0, toMs: HOUR };

function spans(...parts: readonly (readonly [from: number, to: number, state: SpanState])[]): readonly StripSpan[] {
  return parts.map(([fromMs, toMs, state]) => ({ fromMs, toMs, state }));
}

function strip(given: readonly StripSpan[], label = 'GENESIS_ROUTER', hasTooltips = false): string {
  return stripHtml({ label, window: WINDOW, spans: given, hasTooltips, hasAxis: false }).html;
}

describe('spansWithin', () => {
  it.each<[string, readonly StripSpan[], readonly StripSpan[]]>([
    ['nothing known is not watched', [], spans([0, HOUR, 'NOT_WATCHED'])],
    ['one span over all', spans([-5, HOUR + 5, 'UP']), spans([0, HOUR, 'UP'])],
    [
      'a hole is not watched',
      spans([0, 10, 'UP'], [20, HOUR, 'UP']),
      spans([0, 10, 'UP'], [10, 20, 'NOT_WATCHED'], [20, HOUR, 'UP']),
    ],
    [
      'before the first and after the last is not watched',
      spans([5, 6, 'DOWN']),
      spans([0, 5, 'NOT_WATCHED'], [5, 6, 'DOWN'], [6, HOUR, 'NOT_WATCHED']),
    ],
    ['neighbours of one state are one', spans([0, 10, 'UP'], [10, HOUR, 'UP']), spans([0, HOUR, 'UP'])],
    [
      'a hole beside an explicit one is one',
      spans([0, 10, 'NOT_WATCHED'], [20, HOUR, 'UP']),
      spans([0, 20, 'NOT_WATCHED'], [20, HOUR, 'UP']),
    ],
    [
      'what is outside is left out',
      spans([-9, -1, 'DOWN'], [0, HOUR, 'UP'], [HOUR, HOUR + 9, 'DOWN']),
      spans([0, HOUR, 'UP']),
    ],
    [
      'a span of no length is left out',
      spans([0, 10, 'UP'], [10, 10, 'DOWN'], [10, HOUR, 'UP']),
      spans([0, HOUR, 'UP']),
    ],
    [
      'spans that overlap: the earlier one keeps its time',
      spans([0, 20, 'UP'], [10, HOUR, 'DOWN']),
      spans([0, 20, 'UP'], [20, HOUR, 'DOWN']),
    ],
    ['a span that ends before it begins is left out', spans([0, HOUR, 'UP'], [50, 40, 'DOWN']), spans([0, HOUR, 'UP'])],
  ])('%s', (_what, given, expected) => {
    expect(spansWithin(given, WINDOW)).toEqual(expected);
  });
});

describe('stripLayers', () => {
  it('puts each span where its time is', () => {
    const given = spans([0, HOUR / 4, 'UP'], [HOUR / 4, HOUR / 2, 'DOWN'], [HOUR / 2, HOUR, 'UP']);
    const layers = stripLayers(given, WINDOW).map(({ state, bars }) => [state, ...bars.map((b) => [b.left, b.width])]);
    expect(layers).toEqual([
      ['UP', [0, 25], [50, 50]],
      ['DOWN', [25, 25]],
    ]);
  });

  it('marks what may be narrower than two pixels', () => {
    const given = spans([0, HOUR - 1000, 'UP'], [HOUR - 1000, HOUR, 'DOWN']);
    expect(stripLayers(given, WINDOW).map(({ bars }) => bars.map(({ isThin }) => isThin))).toEqual([[false], [true]]);
  });

  it('draws so many spans in columns that the page stays small, and loses no trouble', () => {
    const flaps = Array.from({ length: 100_000 }, (_, index): StripSpan => {
      const fromMs = index * 36;
      return { fromMs, toMs: fromMs + 36, state: index === 70_001 ? 'DOWN' : index % 2 === 0 ? 'UP' : 'WARNING' };
    });
    const layers = stripLayers(flaps, WINDOW);
    const bars = layers.flatMap((layer) => layer.bars);
    expect(bars.length).toBeLessThan(10);
    const [down] = layers.find(({ state }) => state === 'DOWN')?.bars ?? [];
    expect(down?.left).toBeCloseTo(70, 5);
    expect(down?.width).toBeCloseTo(0.1, 5);
    expect(bars.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100, 5);
  });
});

describe('stripHtml', () => {
  it('draws trouble over what is well, a short event at least two pixels wide, and a gap as a line', () => {
    const html = strip(
      spans([0, HOUR / 2, 'UP'], [HOUR / 2, HOUR / 2 + 1000, 'DOWN'], [HOUR / 2 + 1000, HOUR * 0.9, 'UP']),
    );
    expect(html).toMatch(
      /^<svg class="timeline" role="img" focusable="false"><title>GENESIS_ROUTER: DOWN 1 s; UP 2 times, 53 min 59 s in all; not watched 6 min, in 1 h<\/title>/,
    );
    expect(html).toContain('<g class="NOT_WATCHED"><line x1="90%" x2="100%" y1="50%" y2="50%"></line></g>');
    expect(html).toContain(
      '<g class="DOWN"><rect x="50%" width="0.028%"></rect><line x1="50.014%" x2="50.014%" y2="100%"></line></g></svg>',
    );
    expect(html.indexOf('class="UP"')).toBeLessThan(html.indexOf('class="DOWN"'));
  });

  it.each(['STANDBY', 'STARTING', 'WARNING', 'ERROR', 'UNKNOWN'] as const)('fills %s with its own pattern', (state) => {
    expect(strip(spans([0, HOUR, state]))).toContain(`<g class="${state}" fill="url(#fill-${state})">`);
    expect(STRIP_PATTERNS.html).toContain(`<pattern id="fill-${state}" class="${state}"`);
  });

  it('names each span in a tooltip where that is wanted', () => {
    const html = strip(spans([0, 1000, 'DOWN']), 'A', true);
    expect(html).toContain('<title>DOWN for 1 s, 1970-01-01 00:00:00 UTC to 1970-01-01 00:00:01 UTC</title></rect>');
    expect(html).toContain('<title>not watched for 59 min 59 s, ');
  });

  it('has no inline style and escapes its label', () => {
    const html = strip(spans([0, HOUR, 'UP']), '<b>"\'&');
    expect(html).toContain('<title>&lt;b&gt;&quot;&#39;&amp;: UP 1 h');
    expect(html + STRIP_PATTERNS.html).not.toMatch(/style=/);
  });
});

describe('stripSummary', () => {
  it.each<[readonly StripSpan[], string]>([
    [spans([0, HOUR, 'NOT_WATCHED']), 'not watched 1 h, in 1 h'],
    [spans([0, HOUR / 2, 'UNHEALTHY'], [HOUR / 2, HOUR, 'HEALTHY']), 'not healthy 30 min; healthy 30 min, in 1 h'],
    [spans([0, 400, 'DOWN'], [400, HOUR, 'UP']), 'DOWN under 1 s; UP 1 h, in 1 h'],
  ])('%#', (given, expected) => {
    expect(stripSummary(given, WINDOW)).toBe(expected);
  });
});
