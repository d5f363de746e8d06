/** A path for all. */
export const MAIN = { web: { externalUrl: 'https://ops.example.com/genesis/' } };
/** A claim for the memory. */
export const CLAIM = { persistence: { enabled: true } };
/** An Ingress. */
export const INGRESS = { ingress: { enabled: true, hosts: [{ host: 'ops.example.com' }] } };
/** An HTTPRoute. */
export const ROUTE = { httpRoute: { enabled: true, parentRefs: [{ name: 'public', namespace: 'gateways' }] } };
/** All that tells Prometheus of the exporter. */
export const MONITORS = {
  serviceMonitor: { enabled: true },
  probe: { enabled: true, targets: ['a:4569'] },
  prometheusRule: { enabled: true },
};
