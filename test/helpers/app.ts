import type { FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';
import type { HistorySource } from '../../src/domain/history.ts';
import { createMaintenance } from '../../src/domain/maintenance.ts';
import type { NodeView } from '../../src/domain/view.ts';
import { createApp } from '../../src/http/app.ts';
import type { HttpDeps, ReadyPage } from '../../src/http/deps.ts';
import { SERVER_LIMITS } from '../../src/http/limits.ts';
import { readPageAssets } from '../../src/http/page-assets.ts';
import { createMemoryLog } from './log.ts';

const opened: FastifyInstance[] = [];

/** Closes every app of the test; a test file that makes apps calls it once. */
export function closeAppsAfterEach(): void {
  afterEach(async () => {
    const apps = opened.splice(0);
    for (const { server } of apps) server.closeAllConnections();
    await Promise.all(apps.map((app) => app.close()));
  });
}

/** A page of this text that nobody has had compressed yet. */
export function aPage(text: string): ReadyPage {
  const body = Buffer.from(text);
  return {
    chunks: () => [body],
    gzipped: async () => Buffer.from('compressed'),
    gzippedBody: () => undefined,
  };
}

/** A history of which nothing is known unless given. */
export function aHistory(changes: Partial<HistorySource> = {}): HistorySource {
  return { events: async () => ({ events: [], next: undefined }), history: async () => undefined, ...changes };
}

/** An app over given views at 2,000 ms, ready for `inject`, and what it told. */
export function anApp(views: readonly NodeView[], changes: Partial<HttpDeps> = {}, limits = SERVER_LIMITS) {
  const log = createMemoryLog();
  const requests: [string, number][] = [];
  const seen = { internalErrors: 0 };
  const page = aPage('a 1\n'.repeat(100));
  const app = createApp(
    {
      clock: { monotonicMs: () => 2000, wallMs: () => 1_002_000 },
      log,
      version: '1.2.3',
      startedAtMs: 1_000_000,
      assets: readPageAssets(new URL('../../src/page/', import.meta.url)),
      telemetryPath: '/metrics',
      routePrefix: '',
      maintenance: () => createMaintenance([]),
      externalUrl: undefined,
      runbooks: 'https://wiki.example/',
      web: undefined,
      gate: { enter: () => ({ kind: 'entered', leave: () => {} }) },
      views: () => views,
      history: aHistory(),
      showsNode: () => views.length > 1,
      metricsPage: async () => page,
      readyMetricsPage: () => undefined,
      probe: async () => ({ kind: 'bad_request', error: 'no probes here' }),
      timeoutOffsetMs: 500,
      reload: async () => [],
      isLifecycleEnabled: false,
      configYaml: async () => 'nodes: []\n',
      heartbeatAgeMs: () => 0,
      isReady: () => true,
      isDraining: () => false,
      observeRequest: (route, code) => void requests.push([route, code]),
      onInternalError: () => {
        seen.internalErrors += 1;
      },
      ...changes,
    },
    limits,
  );
  opened.push(app);
  return { app, log, requests, seen };
}
