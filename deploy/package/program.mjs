import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, settle } from './run.mjs';

const HERE = import.meta.dirname;
/** Packages that stay files: all others are part of dist/. */
const NATIVE = new Set(['@libsql', '@neon-rs', '@node-rs', 'libsql']);

/** Lays out the program, its native modules and Node.js for one architecture; gives the folder. */
export function stageProgram({ arch, epoch, revision, folder }) {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  // What npm publishes is what every package holds.
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', `--pack-destination=${dirname(folder)}`]),
  );
  run('tar', ['-xzf', join(dirname(folder), filename), '--strip-components=1', '-C', folder]);
  const node = addRuntime(arch, folder);
  addModules(arch, folder);
  writeFileSync(join(folder, 'sbom.cdx.json'), describeMaterials(folder, node, epoch));
  const modules = join(folder, 'node_modules');
  for (const name of readdirSync(modules)) if (!NATIVE.has(name)) rmSync(join(modules, name), { recursive: true });
  addLauncher(folder, revision);
  for (const unit of ['service', 'socket', 'env']) {
    cpSync(`deploy/systemd/genesis-exporter.${unit}`, join(folder, 'systemd', `genesis-exporter.${unit}`));
  }
  settle(folder, epoch);
  return folder;
}

/** Installs from a lockfile, which names the hash of each package, what is for that architecture and for glibc. */
function install(arch, folder) {
  run(
    'npm',
    ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--os=linux', `--cpu=${arch}`, '--libc=glibc'],
    {
      cwd: folder,
    },
  );
}

function addRuntime(arch, folder) {
  const place = `${folder}-runtime`;
  cpSync(join(HERE, 'runtime'), place, { recursive: true });
  install(arch, place);
  const source = join(place, 'node_modules', `node-linux-${arch}`);
  const { version, license } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  copyFileSync(join(source, 'bin/node'), join(folder, 'bin/node'));
  chmodSync(join(folder, 'bin/node'), 0o755);
  const text = readFileSync(join(source, 'LICENSE'), 'utf8');
  writeFileSync(join(folder, 'NODE_LICENSE.txt'), `Node.js ${version} (${license})\n\n${text}`);
  return { version, license };
}

function addModules(arch, folder) {
  for (const name of ['package-lock.json', '.npmrc']) copyFileSync(name, join(folder, name));
  install(arch, folder);
  for (const name of ['package-lock.json', '.npmrc']) rmSync(join(folder, name));
  // These packages do not say that they are for another libc, so npm installs them too.
  rmSync(join(folder, `node_modules/@libsql/linux-${arch}-musl`), { recursive: true });
  rmSync(join(folder, 'node_modules/.package-lock.json'));
  run('npm', ['pkg', 'delete', 'devDependencies', 'scripts'], { cwd: folder });
}

/** npm's list of materials without what differs from run to run, and with Node.js, under the names by which scanners find its vulnerabilities. */
function describeMaterials(folder, { version, license }, epoch) {
  const { serialNumber: _, ...list } = JSON.parse(run('npm', ['sbom', '--sbom-format=cyclonedx'], { cwd: folder }));
  list.metadata.timestamp = new Date(Number(epoch) * 1000).toISOString();
  list.metadata.component.name = 'genesis-exporter';
  list.components.push({
    'bom-ref': `node@${version}`,
    type: 'platform',
    name: 'node',
    version,
    cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    purl: `pkg:generic/node@${version}`,
    licenses: [{ license: { id: license } }],
  });
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function addLauncher(folder, revision) {
  const file = join(folder, 'bin/genesis-exporter');
  writeFileSync(file, readFileSync(join(HERE, 'genesis-exporter'), 'utf8').replace('@REVISION@', revision));
  chmodSync(file, 0o755);
}
