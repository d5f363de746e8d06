import type { Metric, Registry } from 'prom-client';

/** Counts one request. */
export type CountRequest = (route: string, code: number, durationSeconds: number) => void;

interface Series {
  readonly route: string;
  readonly code: number;
  /** Requests that took longer than the previous bound and at most this one. */
  readonly buckets: readonly { readonly bound: number; count: number }[];
  sum: number;
}

const HEAD = {
  name: 'genesis_exporter_http_request_duration_seconds',
  help: 'How long requests to the exporter took, by route and status code.',
  type: 'histogram',
};
const BOUNDS = [0.001, 0.01, 0.1, 1, 10, Number.POSITIVE_INFINITY];

/** Adds the request histogram to a registry. It is not prom-client's own, which spends a tenth of a small request on finding the series. */
export function registerRequestHistogram(registry: Registry): CountRequest {
  const series = new Map<string, Map<number, Series>>();

  function seriesOf(route: string, code: number): Series {
    const byCode = series.get(route) ?? new Map<number, Series>();
    const known = byCode.get(code);
    if (known !== undefined) return known;
    const fresh = { route, code, buckets: BOUNDS.map((bound) => ({ bound, count: 0 })), sum: 0 };
    series.set(route, byCode.set(code, fresh));
    return fresh;
  }

  function get() {
    const all = [...series.values()].flatMap((byCode) => [...byCode.values()]);
    return { ...HEAD, values: all.flatMap(samplesOf) };
  }

  // registerMetric's type asks for a class of prom-client; this object has every member that prom-client reads.
  registry.registerMetric({ ...HEAD, get } as unknown as Metric);

  return (route, code, durationSeconds) => {
    const counted = seriesOf(route, code);
    const bucket = counted.buckets.find(({ bound }) => durationSeconds <= bound);
    if (bucket !== undefined) bucket.count += 1;
    counted.sum += durationSeconds;
  };
}

function samplesOf({ route, code, buckets, sum }: Series) {
  const labels = { route, code: String(code) };
  let total = 0;
  const samples = buckets.map(({ bound, count }) => {
    total += count;
    const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
    return { metricName: `${HEAD.name}_bucket`, labels: { le, ...labels }, value: total };
  });
  return [
    ...samples,
    { metricName: `${HEAD.name}_sum`, labels, value: sum },
    { metricName: `${HEAD.name}_count`, labels, value: total },
  ];
}
