import { onTestFinished } from 'vitest';
import { createProbeService } from '../../src/app/probe-service.ts';
import type { NodeSettings } from '../../src/config/settings.ts';
import { createConnectProber } from '../../src/prober/connect-prober.ts';
import { createHealthProber } from '../../src/prober/health-prober.ts';
import { createLimiter } from '../../src/prober/limiter.ts';
import { parsed } from '../config/parsed.ts';
import { createMemoryLog } from './log.ts';
import { CLOCK, LOOKUP } from './prober-options.ts';

/** A service with real probers for a configuration, and what it did; stopped when the test ends. */
export function startProbeService(yaml: string, names: Readonly<Record<string, readonly (readonly string[])[]>> = {}) {
  let config = parsed(yaml);
  const seen = { lookups: [] as string[], probed: [] as NodeSettings[], internalErrors: 0 };
  const log = createMemoryLog();
  const onInternalError = (): void => {
    seen.internalErrors += 1;
  };
  const service = createProbeService({
    config: () => config,
    nodes: () => config.nodes,
    clock: CLOCK,
    runbooks: 'https://wiki.example/',
    log,
    // Each name has a list of answers, one for each time it is asked for; the last one stays.
    lookup: async (name) => {
      const answers = names[name] ?? [];
      const addresses = answers[Math.min(seen.lookups.filter((asked) => asked === name).length, answers.length - 1)];
      seen.lookups.push(name);
      if (addresses === undefined)
        throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
      return addresses;
    },
    probers: {
      lookup: () => ({ forHealth: LOOKUP, forConnects: LOOKUP }),
      health: (settings, { forHealth }) => {
        seen.probed.push(settings);
        const options = { clock: CLOCK, lookup: forHealth, version: '1.2.3', onInternalError };
        return createHealthProber(settings.health, settings.node, options);
      },
      connect: ({ connectTimeoutMs }, { forConnects }) =>
        createConnectProber(
          { timeoutMs: connectTimeoutMs },
          { clock: CLOCK, limiter: createLimiter(10), lookup: forConnects, onInternalError },
        ),
    },
  });
  onTestFinished(() => service.stop());

  function ask(target: string, changes: { readonly module?: string; readonly timeoutMs?: number } = {}) {
    return service.probe({ target, module: undefined, timeoutMs: undefined, ...changes });
  }

  /** The page of a target as lines; fails when there is none. */
  async function page(target: string, changes: { readonly module?: string; readonly timeoutMs?: number } = {}) {
    const answer = await ask(target, changes);
    if (answer.kind !== 'probed') throw new Error(answer.error);
    return (await answer.page()).trimEnd().split('\n');
  }

  function reload(text: string): void {
    config = parsed(text);
  }

  return { service, ask, page, reload, seen, log };
}
