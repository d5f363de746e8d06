import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasImage, inspectImage, listeningUrl, runScript, startContainer } from '../helpers/container.ts';
import { eventually } from '../helpers/exporter-process.ts';
import { podman } from '../helpers/podman.ts';
import { readHealth } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const MAX_SIZE_BYTES = 160e6;
const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

describe.skipIf(!hasImage())('the container image', () => {
  it('runs as the user that it names in 128 MB, and ends with 0 when it is told to', async () => {
    const node = await startStandIn();
    const id = startContainer(
      ['--network=host'],
      ['--web.listen-address=127.0.0.1:0', `--genesis.health-url=${node.healthUrl}`],
    );
    const url = await listeningUrl(id);
    await eventually(async () => expect((await readHealth(url)).code).toBe(200));
    podman('kill', '--signal=TERM', id);
    expect(podman('wait', id)).toBe('0');
  });

  it('passes its own HEALTHCHECK, and fails it where nothing listens', async () => {
    const story = startContainer(['--network=none'], ['demo', '--web.listen-address=:14569']);
    await eventually(async () => expect(() => podman('healthcheck', 'run', story)).not.toThrow());
    const elsewhere = startContainer(['--network=none'], ['--web.listen-address=127.0.0.1:0']);
    await listeningUrl(elsewhere);
    expect(() => podman('healthcheck', 'run', elsewhere)).toThrow();
  });

  it('runs as nobody in particular, and has no shell and no npm to run', () => {
    const script = `
      const { existsSync } = require('node:fs');
      const there = ['/bin/sh', '/usr/bin/sh', '/bin/bash', '/usr/local/bin/npm', '/usr/local/lib/node_modules'].filter(existsSync);
      console.log(JSON.stringify({ uid: process.getuid(), gid: process.getgid(), there }));`;
    expect(JSON.parse(runScript(script))).toEqual({ uid: 65532, gid: 65532, there: [] });
  });

  it('has the license in it, and those of the packages that it is made of', () => {
    const script =
      "console.log(['LICENSE', 'dist/THIRD_PARTY_LICENSES.txt'].map((file) => fs.statSync('/app/' + file).size).join())";
    expect(runScript(script)).toMatch(/^11357,\d{5,}$/);
  });

  it('hashes passwords by the native module that its lockfile picked', () => {
    const script =
      "console.log(require('@node-rs/bcrypt').verifySync('a', require('@node-rs/bcrypt').hashSync('a', 4)))";
    expect(runScript(script)).toBe('true');
  });

  it('names in its list of materials each package that it holds, be it in a folder or in the program', () => {
    const script = `
      const { globSync, readFileSync } = require('node:fs');
      const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
      const named = read('/app/sbom.cdx.json').components.map(({ name, version }) => name + ' ' + version);
      const folders = globSync('/app/**/node_modules/{*,@*/*}/package.json').map(read);
      const installed = folders.map(({ name, version }) => name + ' ' + version);
      console.log(JSON.stringify({ named, installed, licenses: readFileSync('/app/dist/THIRD_PARTY_LICENSES.txt', 'utf8') }));`;
    const { named, installed, licenses } = JSON.parse(runScript(script));
    const bundled = [...licenses.matchAll(/^(\S+ \d+\.\d+\.\S+) \(.+\)$/gm)].map(([, found]) => found);
    expect(bundled.length).toBeGreaterThan(40);
    expect(named).toEqual(expect.arrayContaining([...bundled, ...installed]));
    const isNative = /^(?:@node-rs\/bcrypt|libsql |@libsql\/linux-|@neon-rs\/load |detect-libc )/;
    expect(installed.filter((found: string) => !isNative.test(found))).toEqual([]);
  });

  it('says by its labels which version and revision it is', () => {
    const labels = JSON.parse(inspectImage('{{json .Labels}}'));
    expect(labels).toMatchObject({
      'org.opencontainers.image.version': MANIFEST.version,
      'org.opencontainers.image.licenses': MANIFEST.license,
      'org.opencontainers.image.revision': expect.stringMatching(/^(?:[0-9a-f]{40}|unknown)$/),
    });
    expect(inspectImage('{{json .Config.Env}}')).toContain(
      `GENESIS_EXPORTER_REVISION=${labels['org.opencontainers.image.revision']}`,
    );
  });

  it('stays small: most of it is Node.js', () => {
    const sizeBytes = Number(inspectImage('{{.Size}}'));
    console.info(`image: ${Math.round(sizeBytes / 1e6)} MB`);
    expect(sizeBytes).toBeGreaterThan(100e6);
    expect(sizeBytes).toBeLessThan(MAX_SIZE_BYTES);
  });
});
