import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAround } from './machine.ts';
import { isEnough, parseOptions } from './options.ts';
import { renderTable, withResult } from './report.ts';
import { runSuite } from './suite.ts';
import { BROWSER } from './suites/browser.ts';
import { CHANGE } from './suites/change.ts';
import { CYCLE, CYCLE_20 } from './suites/cycle.ts';
import { FLEET } from './suites/fleet.ts';
import { NAMES } from './suites/names.ts';
import { OPENMETRICS } from './suites/openmetrics.ts';
import { PAGES } from './suites/pages.ts';
import { SCALE } from './suites/scale.ts';
import { SERVE } from './suites/serve.ts';
import { START } from './suites/start.ts';
import { STORAGE } from './suites/storage.ts';

const SUITES = [SERVE, OPENMETRICS, PAGES, CYCLE, CYCLE_20, CHANGE, START, FLEET, NAMES, SCALE, STORAGE, BROWSER];
const RESULTS = 'bench/RESULTS.md';
const HELP = `npm run bench -- [--rounds N] [--only SUITE]... [--baseline DIR]

Measures the exporter beside its peers and the limits of this machine; a run takes nearly an hour on a machine that should do
nothing else meanwhile. What was measured in five rounds or more is written to ${RESULTS}.
DIR is a folder with dist/main.js of an older commit, which the suite browser compares the pages with.
It needs Linux and wrk, and is more with blackbox_exporter and json_exporter on the PATH.

Suites:
${SUITES.map(({ name, method }) => `  ${name.padEnd(12)}${method}`).join('\n')}
`;

async function bench(): Promise<void> {
  const options = parseOptions(
    process.argv.slice(2),
    SUITES.map(({ name }) => name),
  );
  if (options.help) {
    console.log(HELP);
    return;
  }
  const { lines, missing } = lookAround();
  console.log(lines.join('\n'));
  if (missing.includes('wrk')) throw new Error('wrk makes the load: install it first');

  for (const suite of SUITES) {
    if (options.only.length > 0 && !options.only.includes(suite.name)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'genesis-exporter-bench-'));
    const date = new Date().toISOString();
    console.log(`\n${suite.name}: ${suite.method}`);
    try {
      const { rounds, baseline } = options;
      const findings = await runSuite(suite, { folder, rounds, baseline, tell: console.log });
      if (findings.length === 0) continue;
      console.log(renderTable(findings));
      if (!isEnough(options)) continue;
      writeFileSync(RESULTS, withResult(readResults(), { ...suite, date, lines, findings }));
      console.log(`written to ${RESULTS}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function readResults(): string {
  try {
    return readFileSync(RESULTS, 'utf8');
  } catch {
    return '';
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await bench().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
