import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HELP, parseOptions, type SoakOptions } from './options.ts';
import { soak } from './soak.ts';

const SEEDS = 2 ** 31;

async function run(options: SoakOptions): Promise<void> {
  const { minutes, nodes, seed, kill } = options;
  const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-soak-'));
  try {
    console.log(`--minutes ${minutes} --nodes ${nodes} --seed ${seed}${kill ? ' --kill' : ''}`);
    const { lines, isGood } = await soak(options, folder, console.log);
    console.log(lines.join('\n'));
    process.exitCode = isGood ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const options = parseOptions(process.argv.slice(2), Math.floor(Math.random() * SEEDS));
  if (options.help) console.log(HELP);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error && error.cause === undefined ? error.message : error);
  process.exitCode = 1;
}
