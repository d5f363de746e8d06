import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasPromtool, hasTool, runTool } from '../helpers/promtool.ts';
import { ALERTMANAGER, startAlertmanager } from './alertmanager.ts';
import { ALERTS, ROOT, readText } from './rule-files.ts';

const ALERTMANAGER_CONFIG = `${ROOT}prometheus/alertmanager.example.yml`;
const EXAMPLES = readdirSync(`${ROOT}prometheus`).filter((name) => /^prometheus\..*\.example\.yml$/.test(name));

describe.skipIf(!hasPromtool())('prometheus/', () => {
  it('has examples for a sidecar, for a central pair and for /probe', () => {
    const names = ['central', 'probe', 'sidecar'].map((kind) => `prometheus.${kind}.example.yml`);
    expect(EXAMPLES.toSorted()).toEqual(names);
  });

  it.each(EXAMPLES)('has an example in which promtool finds no fault, with the rules: %s', (name) => {
    const { status, output } = runTool('promtool', ['check', 'config', `${ROOT}prometheus/${name}`]);
    expect(status, output).toBe(0);
    expect(output).toMatch(/SUCCESS: [1-9]\d* rules found/);
  });

  it.each(EXAMPLES)('scrapes the exporters by the job that the alerts go by: %s', (name) => {
    expect(readText(`prometheus/${name}`)).toContain('  - job_name: genesis-exporter\n');
    expect(ALERTS.some(({ expr }) => expr.includes('up{job="genesis-exporter"}'))).toBe(true);
  });
});

describe.skipIf(!hasTool('amtool'))('prometheus/alertmanager.example.yml', () => {
  it('has nothing that amtool finds fault with', () => {
    const { status, output } = runTool('amtool', ['check-config', ALERTMANAGER_CONFIG]);
    expect(status, output).toBe(0);
    expect(output).toMatch(/ [1-9] inhibit rules/);
  });

  it.each([
    ['critical', 'pager'],
    ['warning', 'chat'],
    ['info', 'weekly'],
  ])('routes every alert of severity %s to %s', (severity, receiver) => {
    const names = new Set(ALERTS.filter(({ labels }) => labels.severity === severity).map(({ alert }) => alert));
    expect(names.size).toBeGreaterThan(0);
    for (const alert of names) expect(receiverOf(alert, severity), alert).toBe(receiver);
  });

  it('routes what is not ours, or of no severity, to the default', () => {
    expect(receiverOf('NodeFilesystemFull', 'critical')).toBe('chat');
    expect(receiverOf('GenesisProcessDown', 'odd')).toBe('chat');
  });

  it('mutes planned restarts for what they bring about, and for nothing else', () => {
    const muting = /matchers: \['alertname=~"(.+)"'\]\n +mute_time_intervals: \[planned-daily-restart\]/g;
    const patterns = [...readText('prometheus/alertmanager.example.yml').matchAll(muting)].map(
      ([, pattern]) => new RegExp(`^(?:${pattern})$`),
    );
    const muted = ALERTS.filter(({ alert }) => patterns.some((pattern) => pattern.test(alert)));
    expect([...new Set(muted.map(({ alert }) => alert))].toSorted()).toEqual([
      'GenesisNodeUnhealthy',
      'GenesisNodeUnreachable',
      'GenesisPrimaryProcessDuplicated',
      'GenesisPrimaryProcessMissing',
      'GenesisProbesFailing',
      'GenesisProcessDown',
      'GenesisProcessFlapping',
      'GenesisProcessMissing',
      'GenesisProcessNotListening',
      'GenesisProcessUnhealthy',
      'GenesisProcessVanished',
    ]);
  });
});

describe.skipIf(!hasTool(ALERTMANAGER))('Alertmanager with the example', () => {
  it.each([
    ['a node that is down silences its processes', ['NodeUnreachable a', 'ProcessDown a P', 'ProcessMissing a Q'], [0]],
    ['a node that is down says nothing of another', ['NodeUnreachable a', 'ProcessDown b P'], [0, 1]],
    ['a node that nobody watches is not also down', ['NodeUnmonitored a', 'NodeUnreachable a'], [0]],
    [
      'a process that is down is not also missing',
      ['ProcessDown a P', 'ProcessMissing a P', 'ProcessUnhealthy a P'],
      [0],
    ],
    ['a process that is down says nothing of another', ['ProcessDown a P', 'ProcessMissing a Q'], [0, 1]],
    ['a missing process is not also unhealthy', ['ProcessMissing a P', 'ProcessUnhealthy a P'], [0]],
    ['a critical alert silences its warning', ['LmdbAlmostFull a P', 'LmdbAlmostFull a P warning'], [0]],
    ['a critical alert silences no other warning', ['LmdbAlmostFull a P', 'LmdbAlmostFull a Q warning'], [0, 1]],
    ['no exporter at all explains each that is down', ['ExporterAbsent', 'ExporterDown', 'NodeUnmonitored a'], [0]],
  ])('%s', { timeout: 20_000 }, async (_, names, left) => {
    const alertmanager = await startAlertmanager(ALERTMANAGER_CONFIG);
    const alerts = names.map(labelsOf);
    const expected = alerts.filter((_labels, index) => left.includes(index)).map(({ alertname }) => alertname);
    expect(await alertmanager.fire(alerts)).toEqual(expected.toSorted());
  });
});

function receiverOf(alertname: string, severity: string): string {
  const labels = [`alertname=${alertname}`, `severity=${severity}`];
  return runTool('amtool', ['config', 'routes', 'test', `--config.file=${ALERTMANAGER_CONFIG}`, ...labels])
    .output.split('\n')
    .filter((line) => !line.startsWith('Warning:'))
    .join('')
    .trim();
}

/** The labels of an alert from its name, node, process and severity; without one the first that it is fired with. */
function labelsOf(text: string): { readonly alertname: string } & Readonly<Record<string, string>> {
  const [name = '', node, process, severity] = text.split(' ');
  const alertname = `Genesis${name}`;
  const rules = ALERTS.filter(({ alert }) => alert === alertname).map(({ labels }) => labels.severity);
  const [first = ''] = rules.toSorted();
  return {
    alertname,
    severity: severity ?? first,
    ...(node !== undefined && { genesis_node: node }),
    ...(process !== undefined && { process }),
  };
}
