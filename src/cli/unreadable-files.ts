import { access, constants } from 'node:fs/promises';
import { explainReadError } from '../config/load.ts';
import type { Config, HttpClientOptions } from '../config/settings.ts';
import { secretsOf } from '../http-client/request-secrets.ts';

/** A warning for each file and folder that a configuration names and that cannot be read here: it may exist only where the exporter runs. */
export async function findUnreadable(config: Config): Promise<readonly string[]> {
  const named = new Map<string, string>();
  for (const { node, genesisHome, health } of config.nodes) {
    if (genesisHome !== undefined) named.set(genesisHome, `genesis_home of ${node.name}`);
    nameFiles(health.http, `node ${node.name}`, named);
  }
  // A module may be for nodes that are found later.
  for (const { name, http } of config.modules.values()) nameFiles(http, `module ${name}`, named);
  for (const { source, http } of config.httpSd) nameFiles(http, source, named);
  const warnings = await Promise.all(
    [...named].map(async ([path, what]) => {
      try {
        await access(path, constants.R_OK);
        return [];
      } catch (error) {
        return [`${path} (${what}) ${explainReadError(error)}`];
      }
    }),
  );
  return warnings.flat();
}

function nameFiles(http: HttpClientOptions, what: string, named: Map<string, string>): void {
  for (const secret of secretsOf(http))
    if (secret.kind === 'file' && !named.has(secret.path)) named.set(secret.path, what);
}
