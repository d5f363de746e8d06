import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Candidate, startCandidate } from './candidate.ts';
import { freePort } from './soak/free-port.ts';

/** A running exporter that is measured. */
export interface MeasuredExporter extends Candidate {
  readonly url: string;
}

/** What the exporter is to do. */
export interface ExporterOptions {
  readonly healthUrls: readonly string[];
  readonly interval: string;
  /** For its configuration file. */
  readonly folder: string;
  /** A module of the bench that runs in the same process and that `ask` asks. */
  readonly inside?: string;
  /** The program; `dist/main.js` of the working directory by default. */
  readonly main?: string;
  /** The only node that is probed at another interval: the first. */
  readonly firstInterval?: string;
  /** The folder of its store; none by default. */
  readonly storage?: string;
}

/** Starts an exporter on these nodes; resolves when every node was probed once. */
export async function startExporter(options: ExporterOptions): Promise<MeasuredExporter> {
  const { healthUrls, interval, folder, inside, main = 'dist/main.js', firstInterval = interval, storage } = options;
  const port = await freePort();
  const file = join(folder, `exporter-${port}.yml`);
  const config = {
    scrape_interval: interval,
    modules: { default: { connect: { processes: 'all' } } },
    nodes: healthUrls.map((health_url, index) => ({
      name: `node-${index}`,
      health_url,
      scrape_interval: index === 0 ? firstInterval : interval,
    })),
  };
  writeFileSync(file, JSON.stringify(config));
  const url = `http://127.0.0.1:${port}`;
  const candidate = await startCandidate(process.execPath, {
    args: [
      ...(inside === undefined ? [] : [`--import=${new URL(inside, import.meta.url)}`]),
      main,
      `--config.file=${file}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...(storage === undefined ? [] : [`--storage.path=${storage}`]),
      '--log.level=error',
      // wrk asks on more connections than would be let in at once.
      '--web.max-requests=0',
    ],
    readyUrl: `${url}/-/ready`,
  });
  return { ...candidate, url };
}
