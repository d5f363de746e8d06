import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run, settle } from './run.mjs';

const HERE = import.meta.dirname;
const DEB_ARCH = { x64: 'amd64', arm64: 'arm64' };
const RPM_ARCH = { x64: 'x86_64', arm64: 'aarch64' };

/** Packs the program as an archive with one folder in it. */
export function makeArchive({ program, file }) {
  const tar = file.replace(/\.gz$/, '');
  const owners = ['--owner=0', '--group=0', '--numeric-owner'];
  run('tar', [
    '--create',
    `--file=${tar}`,
    '--format=gnu',
    '--sort=name',
    ...owners,
    '-C',
    dirname(program),
    basename(program),
  ]);
  run('gzip', ['--no-name', tar]);
}

/** Lays out the program as on a host, with units and configuration. The store is made by the unit, with the user that owns it. */
export function stageSystem({ program, epoch, folder }) {
  const home = join(folder, 'opt/genesis-exporter');
  const units = join(folder, 'usr/lib/systemd/system');
  const settings = join(folder, 'etc/genesis-exporter');
  for (const path of [dirname(home), join(folder, 'usr/bin'), units, settings]) mkdirSync(path, { recursive: true });
  cpSync(program, home, { recursive: true });
  for (const name of ['genesis-exporter.service', 'genesis-exporter.socket']) {
    renameSync(join(home, 'systemd', name), join(units, name));
  }
  const env = join(settings, 'genesis-exporter.env');
  renameSync(join(home, 'systemd/genesis-exporter.env'), env);
  rmSync(join(home, 'systemd'), { recursive: true });
  symlinkSync('/opt/genesis-exporter/bin/genesis-exporter', join(folder, 'usr/bin/genesis-exporter'));
  settle(folder, epoch);
  chmodSync(env, 0o640);
  return folder;
}

/** Packs it for dpkg. Debian's own tool needs neither root nor a machine of that architecture. */
export function makeDeb({ system, arch, version, output }) {
  const control = join(system, 'DEBIAN');
  mkdirSync(control);
  for (const name of readdirSync(join(HERE, 'debian'))) {
    const text = readFileSync(join(HERE, 'debian', name), 'utf8');
    const filled = text.replace('@VERSION@', systemVersion(version)).replace('@ARCH@', DEB_ARCH[arch]);
    writeFileSync(join(control, name), filled);
    chmodSync(join(control, name), /^p(?:re|ost)/.test(name) ? 0o755 : 0o644);
  }
  chmodSync(control, 0o755);
  const file = join(output, `genesis-exporter_${systemVersion(version)}_${DEB_ARCH[arch]}.deb`);
  run('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', system, file]);
  rmSync(control, { recursive: true });
}

/** Packs it for rpm. The spec does nothing but copy: nothing is compiled, stripped or run. */
export function makeRpm({ system, arch, version, output, folder }) {
  const settings = { _topdir: folder, _rpmdir: output, tree: system, package_version: systemVersion(version) };
  const defines = Object.entries(settings).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  run('rpmbuild', [
    '-bb',
    '--quiet',
    `--target=${RPM_ARCH[arch]}-linux`,
    ...defines,
    join(HERE, 'genesis-exporter.spec'),
  ]);
}

/** Both order `1.0.0~rc.1` before `1.0.0`. */
function systemVersion(version) {
  return version.replace('-', '~');
}
