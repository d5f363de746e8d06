import { access, constants } from 'node:fs/promises';
import { explainReadError } from '../config/load.ts';
import type { Config, HttpClientOptions } from '../config/settings.ts';
import { secretsOf } from '../http-client/request-secrets.ts';

/** A warning for each file or folder of the configuration that cannot be read. It may exist only on the machine of the exporter. */
export async function findUnreadable(config: Config): Promise<readonly string[]> {
  const named = new Map<string, string>();
  for (const { node, genesisHome, health } of config.nodes) {
    if (genesisHome !== undefined) named.set(genesisHome, `genesis_home of ${node.name}`);
    nameFiles(health.http, `node ${node.name}`, named);
  }
  // Discovered nodes may use any module.
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
