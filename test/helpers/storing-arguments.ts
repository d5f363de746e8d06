import { temporaryFile } from './exporter-process.ts';

/** Arguments of an exporter that probes one node each second and stores what it learns. */
export function storingArguments({ healthUrl }: { readonly healthUrl: string }, folder: string): readonly string[] {
  const config = `{scrape_interval: 1s, scrape_timeout: 500ms, nodes: [{name: a, health_url: "${healthUrl}"}]}`;
  return [`--config.file=${temporaryFile('genesis.yml', config)}`, `--storage.path=${folder}`];
}
