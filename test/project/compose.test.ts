import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasTool, runTool } from '../helpers/promtool.ts';

const DEPLOY = new URL('../../deploy/', import.meta.url);
const COMPOSE = readFileSync(new URL('compose.yaml', DEPLOY), 'utf8');

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly read_only?: boolean;
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const { services: SERVICES, volumes: VOLUMES }: { services: Readonly<Record<string, Service>>; volumes: object } =
  parse(COMPOSE);

describe('deploy/compose.yaml', () => {
  it('has the exporter with its stand-in, Prometheus, Alertmanager and Grafana', () => {
    expect(Object.keys(SERVICES)).toEqual(['genesis-exporter', 'prometheus', 'alertmanager', 'grafana']);
  });

  it('mounts and builds from what is there', () => {
    const sources = Object.values(SERVICES).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':', 1)[0]).filter((source) => source?.startsWith('.')),
    );
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) expect(existsSync(new URL(source ?? '', DEPLOY)), source).toBe(true);
    expect(existsSync(new URL(`${SERVICES['genesis-exporter']?.build}/Dockerfile`, DEPLOY))).toBe(true);
  });

  it('is laid over by the tutorial with files that are there, and services that it has or brings', () => {
    const overlay: Readonly<Record<string, Service>> = parse(
      readFileSync(new URL('compose/tutorial.yaml', DEPLOY), 'utf8'),
    ).services;
    expect(Object.keys(overlay)).toEqual(['genesis', 'genesis-exporter']);
    // Compose resolves paths from the folder of the first file.
    expect(existsSync(new URL('compose/genesis/status', DEPLOY))).toBe(true);
    expect(overlay['genesis']?.volumes).toEqual(['./compose/genesis:/usr/share/nginx/html/health:ro']);
    expect(overlay['genesis-exporter']?.depends_on).toEqual(['genesis']);
  });

  it('keeps the memory of the exporter in a volume, and lets it write nowhere else', () => {
    const { volumes, environment, read_only } = SERVICES['genesis-exporter'] ?? {};
    expect(volumes).toEqual(['genesis-exporter:/var/lib/genesis-exporter']);
    expect(VOLUMES).toEqual({ 'genesis-exporter': null });
    expect(environment).toEqual({ TMPDIR: '/var/lib/genesis-exporter' });
    expect(read_only).toBe(true);
    const tutorial = parse(readFileSync(new URL('compose/tutorial.yaml', DEPLOY), 'utf8'));
    expect(tutorial.services['genesis-exporter'].command).toContain('--storage.path=/var/lib/genesis-exporter');
  });

  it('publishes every port on loopback alone', () => {
    for (const { ports } of Object.values(SERVICES)) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('names services by their names in what they are given', () => {
    for (const { depends_on: names = [] } of Object.values(SERVICES)) {
      for (const name of names) expect(SERVICES).toHaveProperty(name);
    }
    expect(SERVICES['grafana']?.environment?.['PROMETHEUS_URL']).toBe('http://prometheus:9090');
  });

  it.skipIf(!hasTool('promtool'))('has a configuration that Prometheus takes', () => {
    const config = new URL('compose/prometheus.yml', DEPLOY).pathname;
    expect(runTool('promtool', ['check', 'config', '--syntax-only', config]).status).toBe(0);
  });
});
