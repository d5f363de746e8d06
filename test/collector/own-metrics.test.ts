import { describe, expect, it } from 'vitest';
import { createOwnMetrics } from '../../src/collector/own-metrics.ts';
import { hasPromtool, lintMetrics } from '../helpers/promtool.ts';

function setUp() {
  const time = { monotonicMs: 0 };
  const metrics = createOwnMetrics({
    clock: { monotonicMs: () => time.monotonicMs, wallMs: () => 1_800_000_000_000 },
    version: '1.2.3',
    revision: 'abc',
    nodejsVersion: 'v20.0.0',
    nodes: () => 3,
    heartbeatMs: () => 1_800_000_001_500,
    storage: () => undefined,
    maintenance: () => [
      ['a', true],
      ['b', false],
    ],
  });
  return { metrics, time };
}

describe("the exporter's own metrics", () => {
  it('say what the exporter is and how it does', async () => {
    const { metrics } = setUp();
    metrics.setConfigLoaded(true);
    metrics.countMissedTicks(2);
    metrics.observeRequest('/metrics', 200, 0.005);
    const lines = (await metrics.render()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'genesis_exporter_build_info{version="1.2.3",revision="abc",nodejs_version="v20.0.0"} 1',
        'genesis_exporter_config_last_reload_successful 1',
        'genesis_exporter_config_last_reload_success_timestamp_seconds 1800000000',
        'genesis_exporter_nodes 3',
        'genesis_exporter_loop_heartbeat_timestamp_seconds 1800000001.5',
        'genesis_exporter_missed_ticks_total 2',
        'genesis_exporter_internal_errors_total 0',
        'genesis_exporter_http_request_duration_seconds_bucket{le="0.01",route="/metrics",code="200"} 1',
        'genesis_exporter_http_request_duration_seconds_count{route="/metrics",code="200"} 1',
      ]),
    );
  });

  it('keep the time of the last good configuration when a later one is bad', async () => {
    const { metrics } = setUp();
    metrics.setConfigLoaded(true);
    metrics.setConfigLoaded(false);
    const text = await metrics.render();
    expect(text).toContain('genesis_exporter_config_last_reload_successful 0\n');
    expect(text).toContain('genesis_exporter_config_last_reload_success_timestamp_seconds 1800000000\n');
  });

  it('tell of each discovery source until it is gone', async () => {
    const { metrics, time } = setUp();
    metrics.setDiscoveryRefreshed('file_sd/0', true);
    metrics.setDiscoveryRefreshed('file_sd/0', false);
    metrics.setDiscoveryRefreshed('http_sd/0', false);
    const text = await metrics.render();
    expect(text).toContain('_last_refresh_successful{source="file_sd/0"} 0\n');
    expect(text).toContain('_last_refresh_success_timestamp_seconds{source="file_sd/0"} 1800000000\n');
    expect(text).not.toContain('_last_refresh_success_timestamp_seconds{source="http_sd/0"}');
    metrics.removeDiscovery('file_sd/0');
    time.monotonicMs = 1000;
    expect(await metrics.render()).not.toContain('file_sd/0');
  });

  it('have no time of a configuration before there was one', async () => {
    expect(await setUp().metrics.render()).not.toMatch(/^genesis_exporter_config_last_reload_\w+ /m);
  });

  it('are made at most once a second', async () => {
    const { metrics, time } = setUp();
    const first = await metrics.render();
    metrics.countInternalError();
    time.monotonicMs = 999;
    expect(await metrics.render()).toBe(first);
    time.monotonicMs = 1000;
    expect(await metrics.render()).toContain('genesis_exporter_internal_errors_total 1\n');
  });

  it.skipIf(!hasPromtool())('have nothing that promtool finds fault with', async () => {
    const { metrics } = setUp();
    metrics.observeRequest('/metrics', 200, 0.005);
    expect(lintMetrics(await metrics.render())).toBe('');
  });
});
