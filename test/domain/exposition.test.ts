import { describe, expect, it } from 'vitest';
import { preferredFormat, toOpenMetrics } from '../../src/domain/exposition.ts';

const PROMETHEUS =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

describe('the format that a client prefers', () => {
  it.each([
    [undefined, 'text'],
    ['', 'text'],
    ['*/*', 'text'],
    ['text/plain', 'text'],
    ['text/html, */*', 'text'],
    [PROMETHEUS, 'openmetrics'],
    ['application/openmetrics-text', 'openmetrics'],
    ['Application/OpenMetrics-Text; Version=1.0.0; charset=utf-8', 'openmetrics'],
    ['application/openmetrics-text;version="1.0.0"', 'openmetrics'],
    ['application/openmetrics-text, */*', 'openmetrics'],
    ['application/openmetrics-text;q=0.1, */*', 'text'],
    ['application/openmetrics-text;q=0.1, text/*;q=0.5', 'text'],
    ['application/openmetrics-text;q=0.5, */*, text/plain;q=0.2', 'openmetrics'],
    ['application/openmetrics-text;q=0, */*;q=0', 'text'],
    ['application/openmetrics-text;q=0.5, text/plain;q=0.9', 'text'],
    ['application/openmetrics-text;q=0.9, text/plain;q=0.5', 'openmetrics'],
    ['application/openmetrics-text;q=0', 'text'],
    ['text/plain,application/openmetrics-text', 'text'],
    ['application/openmetrics-text;version=0.0.1', 'text'],
    ['application/openmetrics-text;q=nonsense', 'text'],
    ['application/openmetrics-text;q=2', 'text'],
    ['application/openmetrics-text;q=1.000', 'openmetrics'],
    ['application/openmetrics-text;version=2.0.0', 'text'],
    ['application/openmetrics-text;version=2.0.0,text/plain', 'text'],
    [`application/openmetrics-text,${'a/b,'.repeat(2000)}`, 'text'],
    ['openmetrics', 'text'],
  ])('%s: %s', (accept, format) => {
    expect(preferredFormat(accept)).toBe(format);
  });
});

describe('toOpenMetrics', () => {
  const TEXT = `# HELP a_total How many.
# TYPE a_total counter
a_total{b="c"} 1
a_total 2
# HELP d_seconds How "long".
# TYPE d_seconds histogram
d_seconds_bucket{le="0.1",r="x"} 1
d_seconds_bucket{le="1",r="x"} 2
d_seconds_bucket{le="+Inf",r="x"} 2
d_seconds_sum{r="x"} 0.5
d_seconds_count{r="x"} 2
# HELP e_count A gauge.
# TYPE e_count gauge
e_count 1
`;

  it('names families, units, bounds and what is created as OpenMetrics does', () => {
    expect(toOpenMetrics(TEXT, 1_800_000_000.5)).toBe(`# HELP a How many.
# TYPE a counter
a_total{b="c"} 1
a_created{b="c"} 1800000000.5
a_total 2
a_created 1800000000.5
# HELP d_seconds How "long".
# TYPE d_seconds histogram
# UNIT d_seconds seconds
d_seconds_bucket{le="0.1",r="x"} 1
d_seconds_bucket{le="1.0",r="x"} 2
d_seconds_bucket{le="+Inf",r="x"} 2
d_seconds_sum{r="x"} 0.5
d_seconds_count{r="x"} 2
d_seconds_created{r="x"} 1800000000.5
# HELP e_count A gauge.
# TYPE e_count gauge
e_count 1
`);
  });

  it('makes nothing up where the begin is not known', () => {
    expect(toOpenMetrics(TEXT)).not.toContain('_created');
  });
});
