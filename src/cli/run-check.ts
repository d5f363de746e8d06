import type { BuildInfo } from '../app/build-info.ts';
import { createLogger } from '../app/logger.ts';
import { createNodeSet } from '../app/node-set.ts';
import { createProbers } from '../app/probers.ts';
import { SYSTEM_CLOCK } from '../app/system-clock.ts';
import { createWatchers } from '../app/watchers.ts';
import { renderJson } from '../check/json.ts';
import { renderNagios } from '../check/nagios.ts';
import { NAGIOS_EXIT_CODES, nagiosState } from '../check/nagios-state.ts';
import { type CheckedNode, type CheckResult, checkVerdict, EXIT_CODES } from '../check/result.ts';
import { renderTable } from '../check/table.ts';
import type { Terminal } from '../check/terminal.ts';
import type { Config, NodeSettings } from '../config/settings.ts';
import type { Log } from '../domain/log.ts';
import { withDeadline } from '../http-client/deadline.ts';
import { createHostLookup } from '../prober/host-lookup.ts';
import { createLimiter } from '../prober/limiter.ts';
import { probeOnce } from '../scrape/probe-once.ts';
import { shownUrl } from '../scrape/probe-once-steps.ts';
import { homeSurroundings, loadConfig } from './load-config.ts';
import type { CheckOptions } from './options.ts';

/** What a check needs. */
export interface CheckSurroundings {
  readonly buildInfo: BuildInfo;
  /** The environment for Genesis homes and proxies. */
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
}

/** The output of a check. */
export interface CheckReport {
  readonly text: string;
  readonly exitCode: number;
}

/** A check waits longer for sources than the start of the exporter, which goes on without them. */
const FIRST_READING_MS = 10_000;

/** More probes at once would need too many descriptors, or too long for the last answers. */
const MAX_NODES_AT_ONCE = 200;

/** Probes all that the options name once, and returns the result. Throws a ConfigError. */
export async function runCheck(options: CheckOptions, surroundings: CheckSurroundings): Promise<CheckReport> {
  const { config } = await loadConfig(options, surroundings.env);
  const log = await createLogger(options.log);
  const { nodes, unreadSources } = await findNodes(config, surroundings, log);
  const result = { nodes: await probeAll(config, nodes, surroundings, log), unreadSources, runbooks: options.runbooks };
  return render(result, options.output, surroundings.terminal);
}

function render(result: CheckResult, output: CheckOptions['output'], terminal: Terminal): CheckReport {
  switch (output) {
    case 'table':
      return { text: renderTable(result, terminal), exitCode: EXIT_CODES[checkVerdict(result)] };
    case 'json':
      return { text: renderJson(result), exitCode: EXIT_CODES[checkVerdict(result)] };
    case 'nagios':
      return { text: renderNagios(result), exitCode: NAGIOS_EXIT_CODES[nagiosState(result)] };
    default:
      return output satisfies never;
  }
}

/** The nodes of a configuration, after reading each source and Genesis home once. */
async function findNodes(config: Config, { buildInfo, env }: CheckSurroundings, log: Log) {
  const read = new Set<string>();
  const nodeSet = createNodeSet({
    watchers: createWatchers({
      clock: SYSTEM_CLOCK,
      log,
      version: buildInfo.version,
      surroundings: homeSurroundings(env),
      onRefresh: (source, isSuccess) => {
        if (isSuccess) read.add(source);
      },
    }),
    log,
    onNodes: () => {},
    onSourceGone: () => {},
    firstReadingMs: FIRST_READING_MS,
  });
  await nodeSet.apply(config);
  const nodes = nodeSet.nodes();
  await nodeSet.close();
  const unread = [...config.fileSd, ...config.httpSd, ...config.dnsSd].filter(({ source }) => !read.has(source));
  return { nodes, unreadSources: unread.map(({ source }) => source) };
}

async function probeAll(
  config: Config,
  nodes: readonly NodeSettings[],
  { buildInfo }: CheckSurroundings,
  log: Log,
): Promise<readonly CheckedNode[]> {
  const clock = SYSTEM_CLOCK;
  const probers = createProbers({
    clock,
    limiter: createLimiter(config.maxConcurrentConnects),
    lookup: createHostLookup(),
    version: buildInfo.version,
    onInternalError: (err) => log.error({ err }, 'probe failed for a reason of our own'),
  });

  async function probe(settings: NodeSettings): Promise<CheckedNode> {
    const { timeoutMs } = settings.health;
    const outcome = await withDeadline(timeoutMs, new AbortController().signal, (signal) =>
      probeOnce({ settings, timeoutMs, signal, resolve: undefined }, { probers, clock }),
    );
    if (outcome.kind !== 'report') throw new Error('an address was refused that nobody has looked at');
    const { view, durationMs } = outcome.report;
    const isHomeRead = settings.genesisHome === undefined ? undefined : (settings.node.homeReadSuccessful ?? false);
    return { view, healthUrl: shownUrl(settings.health), durationMs, isHomeRead };
  }

  const checked: CheckedNode[] = [];
  const queue = nodes.entries();
  async function work(): Promise<void> {
    for (const [index, settings] of queue) checked[index] = await probe(settings);
  }
  await Promise.all(Array.from({ length: MAX_NODES_AT_ONCE }, work));
  return checked;
}
