import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readYamlTargets } from '../../src/discovery/targets.ts';
import { parsed, problemsOf } from '../config/parsed.ts';
import { type Manifest, one, RENDERINGS, readManifests } from './manifests.ts';

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'Pod']);
const STORE = '/var/lib/genesis-exporter';
const CENTRAL = ['kustomize-central', 'helm-central', 'helm-full'];

function podOf(workload: Manifest) {
  return workload.kind === 'Pod' ? workload : workload.spec.template;
}

function exporterOf(workload: Manifest) {
  return podOf(workload).spec.containers.find(({ name }: { name: string }) => name === 'genesis-exporter');
}

describe.each(RENDERINGS)('$name', ({ name }) => {
  const manifests = readManifests(name);
  const workloads = manifests.filter(({ kind }) => WORKLOADS.has(kind));
  const prefix = name === 'helm-full' ? '/genesis' : '';

  it('keeps every container within the restricted Pod Security Standard', () => {
    const containers = workloads.flatMap((workload) => {
      const { securityContext: pod, containers, automountServiceAccountToken } = podOf(workload).spec;
      expect(automountServiceAccountToken).toBe(false);
      return containers.map((container: { securityContext: object }) => ({ ...pod, ...container.securityContext }));
    });
    expect(containers.length).toBeGreaterThanOrEqual(name === 'helm-sidecar' ? 0 : 1);
    for (const context of containers) {
      expect(context).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(context.runAsUser).toBeGreaterThan(0);
    }
  });

  it('has a place for the memory of each exporter, and the flag', () => {
    for (const workload of workloads.filter(({ kind }) => kind !== 'Pod')) {
      const { args, volumeMounts } = exporterOf(workload);
      expect(args).toContain(`--storage.path=${STORE}`);
      const mounts = volumeMounts.filter(({ mountPath }: { mountPath: string }) => mountPath === STORE);
      expect(mounts).toEqual([{ name: expect.any(String), mountPath: STORE }]);
      const volume = podOf(workload).spec.volumes.find((one: { name: string }) => one.name === mounts[0].name);
      expect(volume).toEqual({ name: mounts[0].name, emptyDir: { sizeLimit: '2Gi' } });
    }
  });

  it('asks the exporter by /-/healthy and /-/ready, and nothing by a liveness probe on /health/status', () => {
    for (const workload of workloads.filter(({ kind }) => kind !== 'Pod')) {
      expect(exporterOf(workload)).toMatchObject({
        livenessProbe: { httpGet: { path: `${prefix}/-/healthy` } },
        readinessProbe: { httpGet: { path: `${prefix}/-/ready` } },
        securityContext: { readOnlyRootFilesystem: true },
        resources: { requests: { cpu: expect.anything() }, limits: { memory: expect.anything() } },
      });
      for (const { livenessProbe } of podOf(workload).spec.containers) {
        expect(JSON.stringify(livenessProbe ?? {})).not.toContain('/health/status');
      }
    }
  });

  it('has a Service that selects the pods, and a ServiceMonitor that selects the Service', () => {
    const service = one(manifests, 'Service', 'genesis-exporter');
    for (const workload of workloads.filter(({ kind }) => kind !== 'Pod')) {
      expect(podOf(workload).metadata.labels).toMatchObject(service.spec.selector);
      expect(exporterOf(workload).ports).toMatchObject([{ name: 'http', containerPort: 14569 }]);
    }
    expect(service.spec.ports).toMatchObject([{ name: 'http', port: 14569 }]);
    for (const monitor of manifests.filter(({ kind }) => kind === 'ServiceMonitor')) {
      expect(service.metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
      expect(monitor.spec.endpoints).toMatchObject([{ port: 'http' }]);
    }
  });

  it('mounts only volumes that there are', () => {
    for (const workload of workloads) {
      const { containers, volumes = [] } = podOf(workload).spec;
      const claims = workload.spec.volumeClaimTemplates ?? [];
      const names = [...volumes, ...claims.map(({ metadata }: Manifest) => metadata)].map((volume) => volume.name);
      for (const { volumeMounts = [] } of containers)
        for (const mount of volumeMounts) expect(names).toContain(mount.name);
    }
  });
});

describe.each(CENTRAL)('%s', (name) => {
  const manifests = readManifests(name);
  const deployment = one(manifests, 'Deployment');

  it('selects its own pods', () => {
    expect(deployment.spec.template.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels);
  });

  it('gives the exporter a configuration and nodes that load', () => {
    const file = manifests.find(({ metadata: { name } }) => name.endsWith('-config'));
    if (file !== undefined) expect(problemsOf(file.data['genesis.yml'] ?? '')).toEqual([]);
    expect(file === undefined).toBe(name === 'helm-full');
    const nodes = one(manifests, 'ConfigMap', '-nodes').data['nodes.yml'] ?? '';
    expect(readYamlTargets(nodes)).toMatchObject({ kind: 'targets', targets: { length: 1 } });
    expect(exporterOf(deployment).volumeMounts).toEqual(
      expect.arrayContaining([expect.objectContaining({ mountPath: '/etc/genesis-nodes', readOnly: true })]),
    );
  });
});

describe.each(['kustomize-central', 'helm-full'])('%s', (name) => {
  const manifests = readManifests(name);

  it('keeps one exporter of the pair while nodes are drained', () => {
    expect(one(manifests, 'Deployment').spec.replicas).toBe(2);
    expect(one(manifests, 'PodDisruptionBudget').spec).toMatchObject({
      maxUnavailable: 1,
      selector: one(manifests, 'Deployment').spec.selector,
    });
  });

  it('lets in who scrapes, and out to names and health ports alone', () => {
    const { spec } = one(manifests, 'NetworkPolicy');
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    expect(spec.ingress).toMatchObject([
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }] },
    ]);
    expect(spec.egress.flatMap(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port))).toEqual([
      53, 53, 4569,
    ]);
  });

  it('has the rules and a Probe', () => {
    expect(one(manifests, 'PrometheusRule').metadata.labels).toHaveProperty(['app.kubernetes.io/name']);
    expect(one(manifests, 'Probe').spec.prober.url).toMatch(/genesis-exporter\.\w+\.svc:14569$/);
  });
});

describe('kustomize-central', () => {
  it('lets Prometheus probe what its Probe names', () => {
    const manifests = readManifests('kustomize-central');
    const { probe } = parsed(one(manifests, 'ConfigMap', '-config').data['genesis.yml'] ?? '');
    expect(probe.allowedTargets.length).toBeGreaterThan(0);
    const [target] = one(manifests, 'Probe').spec.targets.staticConfig.static;
    expect(target).toMatch(/\.genesis\.genesis\.svc:4569$/);
  });
});

describe('kustomize-sidecar', () => {
  const manifests = readManifests('kustomize-sidecar');
  const genesis = one(manifests, 'StatefulSet');
  const containers = podOf(genesis).spec.containers;

  it('puts the exporter beside Genesis, with its home read-only', () => {
    const [home] = exporterOf(genesis).volumeMounts;
    expect(home).toEqual({ name: 'genesis-home', mountPath: '/genesis/run', readOnly: true });
    expect(exporterOf(genesis).args).toContain(`--genesis.home=${home.mountPath}`);
  });

  it('makes Genesis ready when the processes that serve are, which the exporter beside it knows', () => {
    const { readinessProbe } = containers.find(({ name }: { name: string }) => name === 'genesis');
    expect(readinessProbe.httpGet).toEqual({ path: '/health/status?process=GENESIS_ROUTER', port: 14569 });
  });

  it('is scraped also while the pod is not ready', () => {
    expect(one(manifests, 'Service', 'genesis-exporter').spec.publishNotReadyAddresses).toBe(true);
  });

  it('has no NetworkPolicy, which would shut off Genesis itself', () => {
    for (const name of ['kustomize-sidecar', 'helm-sidecar']) {
      expect(readManifests(name).map(({ kind }) => kind)).not.toContain('NetworkPolicy');
    }
  });
});

it('the job is the one that the alerts go by', () => {
  const [kustomized] = ['kustomize-central'].map(readManifests).map((all) => one(all, 'ServiceMonitor'));
  expect(kustomized?.spec.jobLabel).toBe('app.kubernetes.io/name');
  const [endpoint] = one(readManifests('helm-full'), 'ServiceMonitor').spec.endpoints;
  expect(endpoint.relabelings[0]).toEqual(parse('{targetLabel: job, replacement: genesis-exporter}'));
});
