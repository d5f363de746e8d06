import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envName, serveFlags } from '../../src/cli/flags.ts';
import { hasTool, runTool } from '../helpers/promtool.ts';
import { ROOT } from './manifests.ts';

const UNIT = `${ROOT}deploy/systemd/genesis-exporter.service`;
const SOCKET = `${ROOT}deploy/systemd/genesis-exporter.socket`;
const WORST_EXPOSURE = 1.5;

describe('deploy/systemd/', () => {
  it.skipIf(!hasTool('systemd-analyze'))('exposes little, by the judgement of systemd itself', () => {
    const { output } = runTool('systemd-analyze', ['security', '--offline=true', '--no-pager', UNIT]);
    const score = Number(/Overall exposure level for genesis-exporter\.service: ([\d.]+) /.exec(output)?.[1]);
    expect(score, output).toBeLessThanOrEqual(WORST_EXPOSURE);
  });

  it.skipIf(!hasTool('systemd-analyze'))(
    'has units without a mistake, but for the program that is not installed here',
    () => {
      const { output } = runTool('systemd-analyze', ['verify', UNIT, SOCKET]);
      const lines = output.split('\n').filter((line) => /genesis-exporter\.(?:service|socket)/.test(line));
      expect(lines.filter((line) => !line.includes('bin/genesis-exporter is not executable'))).toEqual([]);
    },
  );

  it('listens by default on the port that the exporter listens on itself', () => {
    const socket = readFileSync(SOCKET, 'utf8');
    expect(socket.match(/^ListenStream=.*$/gm)).toEqual(['ListenStream=14569']);
    expect(serveFlags().find(({ long }) => long === '--web.listen-address')?.description).toContain(':14569');
    // The unit of the same name is started, once for all connections.
    expect(socket).not.toMatch(/^(?:Service|Accept)=/m);
  });

  it('reloads by the signal that the exporter reloads by, and restarts not for a wrong configuration', () => {
    const unit = readFileSync(UNIT, 'utf8');
    expect(unit).toContain("\nExecReload=/bin/sh -c 'kill -HUP $MAINPID'\n");
    expect(unit).toContain('\nRestartPreventExitStatus=2\n');
  });

  it('names flags that there are', () => {
    const known = serveFlags().map(({ long }) => envName(long ?? ''));
    const named = readFileSync(`${ROOT}deploy/systemd/genesis-exporter.env`, 'utf8').match(
      /^#?GENESIS_EXPORTER_\w+(?==)/gm,
    );
    expect(named?.length).toBeGreaterThan(5);
    for (const name of named ?? []) expect(known).toContain(name.replace('#', ''));
  });
});
