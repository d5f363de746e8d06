import { CLAIM, INGRESS, ROUTE } from './chart-values.ts';

/** Values that are refused, and what is said. */
export const REFUSED: readonly (readonly [string, object, string])[] = [
  [
    'two exporters on one claim',
    { ...CLAIM, replicas: 2 },
    'replicas is 2, and persistence.enabled puts all of them on one claim',
  ],
  ['a rollout on one claim', { ...CLAIM, strategy: { type: 'RollingUpdate' } }, 'strategy.type must be Recreate'],
  [
    'half a rollout on one claim',
    { ...CLAIM, strategy: { rollingUpdate: { maxSurge: 1 } } },
    "strategy.rollingUpdate can't be",
  ],
  [
    'a claim for the sidecar',
    { ...CLAIM, shape: 'sidecar' },
    'persistence.enabled is for shape central: with shape sidecar the chart makes no pod. Name a volume',
  ],
  ['an Ingress for the sidecar', { ...INGRESS, shape: 'sidecar' }, 'ingress.enabled is for shape central'],
  ['an HTTPRoute for the sidecar', { ...ROUTE, shape: 'sidecar' }, 'httpRoute.enabled is for shape central'],
  ['an Ingress for no host', { ingress: { enabled: true } }, 'ingress.enabled needs ingress.hosts'],
  ['an HTTPRoute of no Gateway', { httpRoute: { enabled: true } }, 'httpRoute.enabled needs httpRoute.parentRefs'],
  [
    'an unknown key',
    { persistence: { storageClassName: 'fast' } },
    "additional properties 'storageClassName' not allowed",
  ],
  [
    'an unknown key of a host',
    { ingress: { hosts: [{ host: 'a', port: 1 }] } },
    "additional properties 'port' not allowed",
  ],
  ['a size without a meaning', { persistence: { size: '10GB' } }, "at '/persistence/size'"],
  ['a text for a yes or no', { dashboards: { enabled: 'yes' } }, "at '/dashboards/enabled': got string, want boolean"],
  ['a number for a label', { dashboards: { labelValue: 1 } }, "at '/dashboards/labelValue': got number, want string"],
  ['one object for a list', { extraObjects: { kind: 'Secret' } }, "at '/extraObjects': got object, want array"],
  [
    "an access mode that can't be written",
    { persistence: { accessModes: ['ReadOnlyMany'] } },
    "at '/persistence/accessModes/0'",
  ],
  ['a URL with a query', { web: { externalUrl: 'https://a.example/?b' } }, "at '/web/externalUrl'"],
  ['a prefix without its slash', { web: { routePrefix: 'genesis' } }, "at '/web/routePrefix'"],
  ['a probe of another kind', { livenessProbe: { exec: {} } }, "additional properties 'exec' not allowed"],
];
