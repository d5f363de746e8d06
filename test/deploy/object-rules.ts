import { parseDuration } from '../../src/config/duration.ts';
import type { Manifest } from './manifests.ts';

type Labels = Readonly<Record<string, string>>;
type Rule = (object: Manifest, all: readonly Manifest[]) => readonly (string | false)[];

const API_VERSIONS: Readonly<Record<string, string>> = {
  ConfigMap: 'v1',
  Deployment: 'apps/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  PersistentVolumeClaim: 'v1',
  Pod: 'v1',
  PodDisruptionBudget: 'policy/v1',
  Probe: 'monitoring.coreos.com/v1',
  PrometheusRule: 'monitoring.coreos.com/v1',
  Secret: 'v1',
  Service: 'v1',
  ServiceAccount: 'v1',
  ServiceMonitor: 'monitoring.coreos.com/v1',
  StatefulSet: 'apps/v1',
};

const isLabel = (text: unknown) =>
  typeof text === 'string' && /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/.test(text);
const isName = (text: string) => text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text);
const isPort = (port: unknown) => typeof port === 'number' && port > 0 && port < 65536;

function selects(selector: Labels | undefined, labels: Labels = {}): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}

/** The pod templates of the workloads in the same namespace. */
function podsBeside({ metadata }: Manifest, all: readonly Manifest[]): readonly Manifest['spec'][] {
  const workloads = all.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  return workloads.filter((one) => one.metadata.namespace === metadata.namespace).map(({ spec }) => spec.template);
}

function containerPorts(pods: readonly Manifest['spec'][]): readonly { name: string; containerPort: number }[] {
  return pods.flatMap(({ spec }) => spec.containers.flatMap(({ ports = [] }: Manifest['spec']) => ports));
}

const anyObject: Rule = ({ apiVersion, kind, metadata }, all) => [
  API_VERSIONS[kind] !== apiVersion && `apiVersion ${apiVersion}`,
  !isName(metadata.name) && 'its name is none',
  !Object.values(metadata.labels ?? {}).every(isLabel) && 'a label is none',
  all.filter((one) => one.kind === kind && one.metadata.name === metadata.name).length > 1 && 'is there twice',
];

const disruptionBudget: Rule = (budget, all) => {
  const { minAvailable, maxUnavailable, selector } = budget.spec;
  const workload = all.find(
    ({ kind, spec }) => kind === 'Deployment' && selects(selector?.matchLabels, spec.template.metadata.labels),
  );
  const replicas = workload?.spec.replicas ?? 0;
  const mayGo = maxUnavailable ?? replicas - minAvailable;
  return [
    (minAvailable === undefined) === (maxUnavailable === undefined) && 'minAvailable or maxUnavailable, one of them',
    workload === undefined && 'selects no pods',
    !(mayGo >= 1) && 'lets no pod go, so that no machine can be drained',
    !(mayGo < replicas) && 'lets all pods go',
  ];
};

const networkPolicy: Rule = (policy, all) => {
  const { podSelector, policyTypes, ingress = [], egress } = policy.spec;
  const pods = podsBeside(policy, all).filter(({ metadata }) => selects(podSelector?.matchLabels, metadata.labels));
  const rules: readonly Manifest['spec'][] = [...ingress, ...(egress ?? [])];
  const peers = rules.flatMap(({ from, to }) => [...(from ?? []), ...(to ?? [])]);
  const open = ingress.flatMap(({ ports }: Manifest['spec']) => ports.map(({ port }: Manifest['spec']) => port));
  // A port of a container may be told by its name.
  const names = containerPorts(pods).map(({ name }) => name);
  const isPolicyPort = ({ port, protocol }: Manifest['spec']) =>
    (isPort(port) || names.includes(port)) && ['TCP', 'UDP'].includes(protocol);
  return [
    pods.length === 0 && 'selects no pods',
    (egress !== undefined) !== policyTypes.includes('Egress') &&
      'Egress is a policy type when it has rules, and only then',
    !policyTypes.includes('Ingress') && 'does not say who may come in',
    !rules.every(({ ports }) => ports.every(isPolicyPort)) && 'a port without a number or a protocol',
    !peers.every((peer) => peer.ipBlock ?? peer.podSelector ?? peer.namespaceSelector) && 'a peer that is nobody',
    !containerPorts(pods).every(({ name, containerPort }) => open.includes(name) || open.includes(containerPort)) &&
      "shuts the exporter's own port",
  ];
};

const service: Rule = (object, all) => {
  const { selector, ports } = object.spec;
  const pods = podsBeside(object, all).filter(({ metadata }) => selects(selector, metadata.labels));
  const known = containerPorts(pods).flatMap(({ name, containerPort }) => [name, containerPort]);
  return [
    // Those of the chart's sidecars are in pods that are not the chart's.
    pods.length === 0 && all.some(({ kind }) => kind === 'Deployment') && 'selects no pods',
    pods.length > 0 &&
      !ports.every(({ port, targetPort = port }: Manifest['spec']) => known.includes(targetPort)) &&
      'leads to no port of a container',
    !ports.every(({ port }: Manifest['spec']) => isPort(port)) && 'a port that is none',
  ];
};

function isScrape({ interval, scrapeTimeout }: { interval: string; scrapeTimeout: string }): boolean {
  const [intervalMs = 0, timeoutMs = Number.POSITIVE_INFINITY] = [
    parseDuration(interval),
    parseDuration(scrapeTimeout),
  ];
  return timeoutMs > 0 && timeoutMs <= intervalMs;
}

const serviceMonitor: Rule = (monitor, all) => {
  const { selector, endpoints, namespaceSelector } = monitor.spec;
  const found = all.filter(
    ({ kind, metadata }) => kind === 'Service' && selects(selector.matchLabels, metadata.labels),
  );
  const namespaces = namespaceSelector?.matchNames ?? [monitor.metadata.namespace];
  const ports = found.flatMap(({ spec }) => spec.ports.map(({ name }: { name: string }) => name));
  return [
    found.length !== 1 && `selects ${found.length} Services`,
    !found.every(({ metadata }) => namespaces.includes(metadata.namespace)) && 'looks into another namespace',
    !endpoints.every(({ port }: { port: string }) => ports.includes(port)) && 'scrapes a port that the Service has not',
    !endpoints.every(isScrape) && 'its timeout is longer than its interval',
    !endpoints.every(({ scheme = 'http' }) => scheme === schemeOf(all)) && 'scrapes by another scheme',
    !endpoints.every(({ path = '/metrics' }) => path === `${prefixOf(all)}/metrics`) && 'scrapes another path',
  ];
};

const probe: Rule = ({ spec }, all) => {
  const urls = all
    .filter(({ kind }) => kind === 'Service')
    .flatMap((one) =>
      one.spec.ports.map(({ port }: { port: number }) => `${one.metadata.name}.${one.metadata.namespace}.svc:${port}`),
    );
  const { static: targets } = spec.targets.staticConfig;
  return [
    !urls.includes(spec.prober.url) && 'asks no Service',
    spec.prober.path !== `${prefixOf(all)}/probe` && 'asks another path',
    (spec.prober.scheme ?? 'http') !== schemeOf(all) && 'asks by another scheme',
    !isScrape(spec) && 'its timeout is longer than its interval',
    !(targets.length > 0 && targets.every((target: string) => /^[\w.-]+:\d+$/.test(target))) &&
      'a target that is no host and port',
  ];
};

/** How the exporter is asked whether it lives, and so how it serves. */
function livenessOf(all: readonly Manifest[]): { readonly scheme?: string; readonly path: string } {
  const containers = all.flatMap(({ spec }) => spec?.template?.spec.containers ?? []);
  const exporter = containers.find(({ name }: { name: string }) => name === 'genesis-exporter');
  return exporter?.livenessProbe.httpGet ?? { path: '/-/healthy' };
}

function schemeOf(all: readonly Manifest[]): string {
  return (livenessOf(all).scheme ?? 'HTTP').toLowerCase();
}

function prefixOf(all: readonly Manifest[]): string {
  return livenessOf(all).path.replace('/-/healthy', '');
}

const RULES: Readonly<Record<string, Rule>> = {
  NetworkPolicy: networkPolicy,
  PodDisruptionBudget: disruptionBudget,
  Probe: probe,
  Service: service,
  ServiceMonitor: serviceMonitor,
};

/** What Kubernetes would refuse in these objects, or take and do nothing by: no line when all is well. */
export function faultsOf(all: readonly Manifest[]): readonly string[] {
  return all.flatMap((object) => {
    const faults = [...anyObject(object, all), ...(RULES[object.kind]?.(object, all) ?? [])];
    return faults.flatMap((fault) => (fault === false ? [] : [`${object.kind} ${object.metadata.name}: ${fault}`]));
  });
}
