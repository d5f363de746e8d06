import { DEFAULTS } from '../config/defaults.ts';
import { adHocNode, withModule } from '../config/probed-node.ts';
import type { Config, Module, NodeSettings } from '../config/settings.ts';
import { admitsTarget } from '../domain/allowed-target.ts';
import { parseTargetAddress, type TargetAddress } from '../domain/target-address.ts';

/** The decision on a probe request, before any lookup or connection. */
export type ProbeChoice =
  | { readonly kind: 'node'; readonly settings: NodeSettings }
  | { readonly kind: 'ad_hoc'; readonly settings: NodeSettings; readonly address: TargetAddress }
  | { readonly kind: 'bad_request' | 'forbidden'; readonly error: string };

/** The requested target and module, as received. */
export interface ProbeWish {
  readonly target: string;
  readonly module: string | undefined;
}

/** A node by its name, else an ad-hoc target that the rules admit. A node's own module is used unless the request names another. */
export function chooseProbe(config: Config, nodes: readonly NodeSettings[], wish: ProbeWish): ProbeChoice {
  const known = nodes.find(({ node }) => node.name === wish.target);
  if (known === undefined) return chooseAdHoc(config, wish.target, wish.module ?? DEFAULTS.module);
  const settings = wish.module === undefined ? known : withModule(config, known, wish.module);
  return settings === undefined ? unknownModule(wish.module) : { kind: 'node', settings };
}

function chooseAdHoc(config: Config, target: string, moduleName: string): ProbeChoice {
  const { modules, probe } = config;
  const module = modules.get(moduleName);
  if (module === undefined) return unknownModule(moduleName);
  const address = parseTargetAddress(target);
  if (address === undefined) {
    const error = `target: expected the name of a node, or host:port, got ${JSON.stringify(target)}`;
    return { kind: 'bad_request', error };
  }
  if (!admitsTarget(probe.allowedTargets, address)) {
    return { kind: 'forbidden', error: `probe.allowed_targets does not admit ${target}` };
  }
  if (needsAllowance(module) && !probe.allowedModules.has(moduleName)) {
    const error = `module ${moduleName} has credentials or a proxy, and probe.allow_modules does not name it`;
    return { kind: 'forbidden', error };
  }
  const settings = adHocNode(config, moduleName, address.host, address.port);
  if (settings === undefined) return unknownModule(moduleName);
  if (settings.node.healthEnabled) return { kind: 'ad_hoc', settings, address };
  return { kind: 'bad_request', error: `module ${moduleName} has health off: there is nothing to probe` };
}

function unknownModule(name: string | undefined): ProbeChoice {
  return { kind: 'bad_request', error: `unknown module: ${name}` };
}

/** Whether a module would send a secret to an ad-hoc target, or reach it through a proxy. A query may contain a token. */
function needsAllowance({ http, path }: Module): boolean {
  const { basicAuth, authorization, tls, headers, proxy } = http;
  const secrets = [basicAuth, authorization, tls.cert, tls.key, proxy];
  return headers.length > 0 || path.includes('?') || secrets.some((secret) => secret !== undefined);
}
