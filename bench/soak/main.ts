import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from './options.ts';
import { soak } from './soak.ts';

const SEEDS = 2 ** 31;

const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-soak-'));
try {
  const options = parseOptions(process.argv.slice(2), Math.floor(Math.random() * SEEDS));
  const { minutes, nodes, seed, kill } = options;
  console.log(`--minutes ${minutes} --nodes ${nodes} --seed ${seed}${kill ? ' --kill' : ''}`);
  const { lines, isGood } = await soak(options, folder, console.log);
  console.log(lines.join('\n'));
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error && error.cause === undefined ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
