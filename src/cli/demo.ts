import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildInfo } from '../app/build-info.ts';
import { startExporter } from '../app/exporter.ts';
import { createLogger } from '../app/logger.ts';
import { ConfigError } from '../config/config-error.ts';
import { parseConfig } from '../config/parse.ts';
import type { Config } from '../config/settings.ts';
import { PROJECT_RUNBOOKS } from '../domain/runbook.ts';
import { DEFAULT_MAX_REQUESTS } from '../http/limits-gate.ts';
import { SAMPLE_PROCESSES } from '../stand-in/sample-processes.ts';
import { createStandInNode } from '../stand-in/stand-in-node.ts';
import { playStory, type StoryStep } from '../stand-in/story.ts';
import { withMadeUpHour } from './made-up-hour.ts';
import type { RunOptions } from './options.ts';

const DAY_MS = 86_400_000;
const DEFAULT_ADDRESS = { host: '127.0.0.1', port: 14569 };

/** A demo that is running. */
export interface Demo {
  stop(): Promise<void>;
}

/** Starts a stand-in node, the exporter on it, and the story. Calls `print` with each line of what to see. */
export async function runDemo(options: RunOptions, buildInfo: BuildInfo, print: (line: string) => void): Promise<Demo> {
  const node = createStandInNode();
  await node.start();
  const processes = SAMPLE_PROCESSES.map(({ name }) => name);
  const config = demoConfig(node.healthUrl);
  const log = await createLogger(options.log);
  const addresses = options.addresses ?? [DEFAULT_ADDRESS];
  const memory = makeMemory();
  const exporter = await startExporter({
    config,
    loadConfig: async () => config,
    addresses,
    telemetryPath: '/metrics',
    routePrefix: '',
    externalUrl: undefined,
    runbooks: PROJECT_RUNBOOKS,
    webConfig: undefined,
    authExemptPaths: [],
    maxRequests: DEFAULT_MAX_REQUESTS,
    timeoutOffsetMs: 500,
    isLifecycleEnabled: false,
    storage: memory === undefined ? undefined : { folder: memory, retentionMs: DAY_MS, maxBytes: 2 ** 26 },
    withHistory: (history) => withMadeUpHour(history, { node: 'demo', processes, startMs: Date.now() }),
    surroundings: { env: new Map(), hostName: '' },
    buildInfo,
    log,
  }).catch(async (error) => {
    removeMemory(memory);
    await node.stop();
    throw error;
  });
  const url = exporter.urls[0]?.replace(/^unix:(.*)$/, 'curl --unix-socket $1 http://localhost');
  print(`A stand-in Genesis node answers at ${node.healthUrl}, the exporter watches it every second. Open:

  ${url}/health/status   the health of its processes
  ${url}/metrics         the same for Prometheus
  ${url}/                a page that shows it live
  ${url}/nodes/demo?window=1h   its history; the hour before now is made up, and says so

${memory === undefined ? 'It has no folder to write to, so its memory is in the program alone.' : `Its memory is in ${memory} until it ends; genesis-exporter history --storage.path=${memory} prints it.`}
The story takes a minute and begins again; Ctrl-C ends it.
`);
  const startedMs = performance.now();
  const ending = new AbortController();
  const tell = ({ text }: StoryStep): void => {
    print(`${String(Math.round((performance.now() - startedMs) / 1000)).padStart(4)} s  ${text}`);
  };
  const story = playStory(node, tell, ending.signal).catch((error) => print(`The story broke off: ${error.message}`));

  async function stop(): Promise<void> {
    ending.abort();
    await story;
    await exporter.stop();
    await node.stop();
    removeMemory(memory);
    print('Stopped.');
  }

  return { stop };
}

/** Creates a folder for the demo's database; undefined where nothing can be written, for example in a read-only container. */
function makeMemory(): string | undefined {
  try {
    return mkdtempSync(join(tmpdir(), 'genesis-exporter-demo-'));
  } catch {
    return undefined;
  }
}

function removeMemory(folder: string | undefined): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function demoConfig(healthUrl: string): Config {
  const text = `
scrape_interval: 1s
scrape_timeout: 500ms
modules:
  default:
    connect: {processes: all, timeout: 500ms}
nodes:
  - {name: demo, cluster: demo, health_url: "${healthUrl}"}
`;
  const parsed = parseConfig(text, { file: 'demo', resolveFile: (path) => path });
  if (parsed.kind === 'problems') throw new ConfigError(parsed.problems);
  return parsed.config;
}
