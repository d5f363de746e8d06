import { describe, expect, it } from 'vitest';
import { faviconHref } from '../../src/page/favicon.ts';
import { nodeId, processId, sizeText, urlEncode } from '../../src/page/parts.ts';
import { ageHtml, ageText, durationText } from '../../src/page/time.ts';
import { STATES_WORST_FIRST, worstState } from '../../src/page/words.ts';

describe('texts', () => {
  it.each([
    [-5000, '0 s'],
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [86_399_999, '23 h'],
    [86_400_000, '1 d'],
    [1e12, '11574 d'],
  ])('say the age of %d ms as %s', (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });

  it.each([
    [0, '0.0 ms'],
    [0.0004, '0.4 ms'],
    [0.012, '12 ms'],
    [1, '1 s'],
    [1.25, '1.3 s'],
    [15, '15 s'],
  ])('say the duration of %d s as %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it.each([
    [1, '1 B'],
    [1023, '1023 B'],
    [512 * 1024 ** 2, '512 MB'],
    [2 * 1024 ** 3, '2 GB'],
    [1.55 * 1024 ** 4, '1.6 TB'],
    [5000 * 1024 ** 4, '5000 TB'],
  ])('say the size of %d bytes as %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it('say the age of nothing as nothing', () => {
    expect(ageHtml(null, 0).html).toBe('<span class="nothing">–</span>');
    expect(ageHtml('1970-01-01T00:00:01.000Z', 61_000).html).toMatch(/^<time datetime="1970-.*">1 min<\/time>$/);
  });
});

describe('ids and links', () => {
  it.each(['GENESIS_ROUTER', 'a b/c', '<>"#%', '\ud800', 'ÄÖ 中', ''])(
    'of %j have no blank and nothing to escape',
    (name) => {
      expect(nodeId(name)).toMatch(/^node:[\w.!~*'()%-]*$/);
      expect(processId(name, name)).toMatch(/^process:[\w.!~*'()%-]*\/[\w.!~*'()%-]*$/);
      expect(decodeURIComponent(urlEncode(nodeId(name)))).toBe(nodeId(name));
    },
  );
});

describe('states', () => {
  it('are worst by the order in which duplicates are judged', () => {
    expect(worstState([])).toBe('UP');
    expect(worstState(['UP', 'STANDBY'])).toBe('STANDBY');
    expect(worstState(['WARNING', 'UNKNOWN', 'UP'])).toBe('UNKNOWN');
    expect(worstState(STATES_WORST_FIRST)).toBe('DOWN');
  });

  it('each have a picture of their own', () => {
    const pictures = [...STATES_WORST_FIRST, 'LOST' as const].map(faviconHref);
    expect(new Set(pictures).size).toBe(8);
    for (const picture of pictures) expect(picture).toMatch(/^data:image\/svg\+xml,%3Csvg/);
  });
});
