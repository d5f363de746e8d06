// Makes archive, .deb and .rpm: `node deploy/package/main.mjs [FOLDER [ARCH...]]`, by default into packages/ for x64 and arm64.
// `npm run package` builds dist/ first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeArchive, makeDeb, makeRpm, stageSystem } from './formats.mjs';
import { stageProgram } from './program.mjs';
import { run } from './run.mjs';

// The same bytes from one commit: every time in a package is the time of the commit. Without git the environment says both.
const epoch = process.env.SOURCE_DATE_EPOCH || run('git', ['log', '-1', '--format=%ct']).trim();
const revision = process.env.GENESIS_EXPORTER_REVISION || run('git', ['rev-parse', 'HEAD']).trim();
process.env.SOURCE_DATE_EPOCH = epoch;

const missing = ['tar', 'gzip', 'dpkg-deb', 'rpmbuild'].filter((tool) => spawnSync(tool, ['--version']).error);
if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')} (Debian's packages dpkg and rpm have them)`);

const [folder = 'packages', ...named] = process.argv.slice(2);
const output = resolve(folder);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'genesis-exporter-packages-'));
try {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const arch of named.length > 0 ? named : ['x64', 'arm64']) {
    const name = `genesis-exporter-${version}-linux-${arch}`;
    const program = stageProgram({ arch, epoch, revision, folder: join(work, name) });
    const system = stageSystem({ program, epoch, folder: join(work, `system-${arch}`) });
    makeArchive({ program, file: join(output, `${name}.tar.gz`) });
    makeDeb({ system, arch, version, output });
    makeRpm({ system, arch, version, output, folder: join(work, `rpm-${arch}`) });
  }
  const lines = readdirSync(output).map((name) => `${sha256(join(output, name))}  ${name}\n`);
  writeFileSync(join(output, 'SHA256SUMS'), lines.join(''));
  process.stdout.write(lines.join(''));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
