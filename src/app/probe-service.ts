import { renderProbePage } from '../collector/probe-page.ts';
import type { Config, NodeSettings } from '../config/settings.ts';
import { admitsResolved } from '../domain/allowed-target.ts';
import type { Clock } from '../domain/clock.ts';
import { parseIpAddress } from '../domain/ip-address.ts';
import type { Log } from '../domain/log.ts';
import { proxyFor } from '../domain/proxy-rules.ts';
import { createStopper } from '../domain/stop-signal.ts';
import type { ProbeAnswer, ProbeRequest } from '../http/probe.ts';
import { formatProbeDebug } from '../http/probe-debug.ts';
import { withDeadline } from '../http-client/deadline.ts';
import type { HostLookup } from '../prober/host-lookup.ts';
import { resolveTarget } from '../prober/target-resolver.ts';
import type { ProberFactory } from '../scrape/node-loop.ts';
import { createProbeCache, type ProbeCache, type Probed } from '../scrape/probe-cache.ts';
import { type ProbeOnceOptions, type ProbeReport, probeOnce } from '../scrape/probe-once.ts';
import { chooseProbe, type ProbeChoice } from './probe-choice.ts';

const MAX_KEPT = 1000;
const MAX_AD_HOC = 20;

/** What probes on demand work with. */
export interface ProbeServiceDeps {
  /** The running configuration: the same object until it is replaced. */
  readonly config: () => Config;
  /** All nodes, configured and discovered, as the loop knows them. */
  readonly nodes: () => readonly NodeSettings[];
  readonly probers: ProberFactory;
  /** One for all probes, so that a name is asked for once at a time. */
  readonly lookup: HostLookup;
  /** Where the runbooks are. */
  readonly runbooks: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Probes on demand, beside the loop and unknown to it. */
export interface ProbeService {
  probe(request: ProbeRequest): Promise<ProbeAnswer>;
  /** Ends what is under way; resolves when nothing is left of it. */
  stop(): Promise<void>;
}

type Chosen = Extract<ProbeChoice, { readonly settings: NodeSettings }>;

const STOPPING: ProbeAnswer = { kind: 'unavailable', error: 'shutting down' };
const BUSY: ProbeAnswer = { kind: 'unavailable', error: `more than ${MAX_AD_HOC} probes of ad-hoc targets at once` };

/** A service without results; those it has are forgotten when the configuration is replaced. */
export function createProbeService(deps: ProbeServiceDeps): ProbeService {
  const { config, nodes, probers, lookup, runbooks, clock, log } = deps;
  const stopping = createStopper();
  const underWay = new Set<Promise<unknown>>();
  let current: { readonly config: Config; readonly cache: ProbeCache<ProbeAnswer> } | undefined;

  function cacheOf(running: Config): ProbeCache<ProbeAnswer> {
    if (current?.config !== running) {
      const { minIntervalMs } = running.probe;
      const options = { minIntervalMs, maxKept: MAX_KEPT, maxAdHoc: MAX_AD_HOC };
      current = { config: running, cache: createProbeCache(options, { clock }) };
    }
    return current.cache;
  }

  /** Addresses are looked at before they are connected to; behind a proxy it is the proxy that knows them. */
  function resolverOf(running: Config, chosen: Chosen): ProbeOnceOptions['resolve'] {
    const { url, http } = chosen.settings.health;
    const isDirect = proxyFor(http.proxy, new URL(url)) === undefined;
    if (chosen.kind !== 'ad_hoc' || !isDirect || parseIpAddress(chosen.address.host) !== undefined) return undefined;
    const { host, port } = chosen.address;
    const isAdmitted = (address: string) => admitsResolved(running.probe.allowedTargets, address, port);
    return (signal) => resolveTarget(host, lookup, isAdmitted, signal);
  }

  async function run(running: Config, chosen: Chosen, request: ProbeRequest): Promise<Probed<ProbeAnswer>> {
    const { settings } = chosen;
    const timeoutMs = Math.min(settings.health.timeoutMs, request.timeoutMs ?? Number.POSITIVE_INFINITY);
    const resolve = resolverOf(running, chosen);
    const outcome = await withDeadline(timeoutMs, stopping.signal, (signal) =>
      probeOnce({ settings, timeoutMs, signal, resolve }, { probers, clock }),
    );
    if (stopping.signal.aborted) return { value: STOPPING, isKept: false };
    if (outcome.kind === 'refused') {
      log.debug({ target: request.target, addresses: outcome.addresses }, 'probe target refused');
      const error = `probe.allowed_targets does not admit an address of ${request.target}`;
      return { value: { kind: 'forbidden', error }, isKept: true };
    }
    const { report } = outcome;
    // Who gave a probe too little time for its answer must not be heard by those who give it more.
    const isKept = report.isSuccess || timeoutMs >= settings.health.timeoutMs;
    return { value: answerOf(request, timeoutMs, runbooks, report), isKept };
  }

  async function probe(request: ProbeRequest): Promise<ProbeAnswer> {
    if (stopping.signal.aborted) return STOPPING;
    const running = config();
    const chosen = chooseProbe(running, nodes(), request);
    if (chosen.kind !== 'node' && chosen.kind !== 'ad_hoc') return chosen;
    const { name } = chosen.settings.node;
    const wanted = {
      key: JSON.stringify([chosen.kind, name, chosen.settings.module]),
      isAdHoc: chosen.kind === 'ad_hoc',
    };
    const asked = cacheOf(running).ask(wanted, () => run(running, chosen, request));
    if (asked === 'busy') return BUSY;
    underWay.add(asked);
    return asked.finally(() => underWay.delete(asked));
  }

  async function stop(): Promise<void> {
    stopping.stop();
    await Promise.allSettled(underWay);
  }

  return { probe, stop };
}

/** The page of a report is made once, however many are served it. */
function answerOf(
  { target, module }: ProbeRequest,
  timeoutMs: number,
  runbooks: string,
  report: ProbeReport,
): ProbeAnswer {
  let rendered: Promise<string> | undefined;
  function page(): Promise<string> {
    rendered ??= renderProbePage(report.view, report);
    return rendered;
  }
  const debugText = async () =>
    formatProbeDebug({ target, module, timeoutMs, runbooks, ...report, page: await page() });
  return { kind: 'probed', page, debugText };
}
