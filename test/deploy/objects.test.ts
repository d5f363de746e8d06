import { describe, expect, it } from 'vitest';
import { type Manifest, RENDERINGS, readManifests } from './manifests.ts';
import { faultsOf } from './object-rules.ts';

/** A rendering in which one text of one object is replaced. */
function changed(name: string, kind: string, from: string, to: string): readonly Manifest[] {
  return readManifests(name).map((object) => {
    if (object.kind !== kind) return object;
    const text = JSON.stringify(object);
    expect(text, `${kind} of ${name}`).toContain(from);
    return JSON.parse(text.replace(from, to));
  });
}

const LABEL = '"app.kubernetes.io/name":"genesis-exporter"';
const OTHER = '"app.kubernetes.io/name":"other"';

describe('the objects', () => {
  it.each(RENDERINGS.map(({ name }) => name))('are such as Kubernetes and the Prometheus Operator take: %s', (name) => {
    expect(readManifests(name).length).toBeGreaterThan(2);
    expect(faultsOf(readManifests(name))).toEqual([]);
  });

  it.each([
    ['PodDisruptionBudget', '"maxUnavailable":1', '"maxUnavailable":1,"minAvailable":1', 'one of them'],
    ['PodDisruptionBudget', '"maxUnavailable":1,', '', 'one of them'],
    ['PodDisruptionBudget', '"maxUnavailable":1', '"maxUnavailable":2', 'lets all pods go'],
    ['PodDisruptionBudget', '"maxUnavailable":1', '"minAvailable":2', 'lets no pod go'],
    ['PodDisruptionBudget', `"matchLabels":{${LABEL}`, `"matchLabels":{${OTHER}`, 'selects no pods'],
    ['PodDisruptionBudget', 'policy/v1', 'policy/v1beta1', 'apiVersion policy/v1beta1'],
    ['NetworkPolicy', `"matchLabels":{${LABEL}`, `"matchLabels":{${OTHER}`, 'selects no pods'],
    ['NetworkPolicy', '"Egress"', '"Other"', 'Egress is a policy type'],
    ['NetworkPolicy', '"Ingress"', '"Other"', 'does not say who'],
    ['NetworkPolicy', '"port":"http"', '"port":14570', "shuts the exporter's own port"],
    ['NetworkPolicy', '"port":"http"', '"port":"https"', 'a port without'],
    ['NetworkPolicy', '"protocol":"UDP"', '"protocol":"udp"', 'a port without'],
    [
      'NetworkPolicy',
      '"podSelector":{"matchLabels":{"app.kubernetes.io/name":"prometheus"}}',
      '',
      'a peer that is nobody',
    ],
    ['Service', '"selector":{', '"selector":{"a":"b",', 'selects no pods'],
    ['Service', '"name":"genesis-exporter"', '"name":"-"', 'its name is none'],
    ['ServiceMonitor', `"matchLabels":{${LABEL}`, `"matchLabels":{${OTHER}`, 'selects 0 Services'],
    ['ServiceMonitor', '"port":"http"', '"port":"metrics"', 'scrapes a port'],
    ['ServiceMonitor', '"10s"', '"20s"', 'its timeout'],
    ['ServiceMonitor', '"namespace":"monitoring"', '"namespace":"other"', 'looks into another namespace'],
    ['ServiceMonitor', '"port":"http"', '"port":"http","scheme":"https"', 'scrapes by another scheme'],
    ['ServiceMonitor', '"port":"http"', '"port":"http","path":"/x/metrics"', 'scrapes another path'],
    ['Probe', 'genesis-exporter.monitoring.svc', 'genesis-exporter.other.svc', 'asks no Service'],
    ['Probe', '"/probe"', '"/metrics"', 'asks another path'],
    ['Probe', ':4569"', '"', 'a target that is no host and port'],
    ['Probe', '"15s"', '"15"', 'its timeout'],
    ['Deployment', '"containerPort":14569,"name":"http"', '"containerPort":14569,"name":"web"', 'leads to no port'],
  ])('are looked at: a %s with %s as %s', (kind, from, to, fault) => {
    expect(faultsOf(changed('kustomize-central', kind, from, to)).join('\n')).toContain(fault);
  });

  it('are there once each', () => {
    const all = readManifests('helm-central');
    expect(faultsOf([...all, ...all.slice(0, 1)])).toHaveLength(2);
  });
});
