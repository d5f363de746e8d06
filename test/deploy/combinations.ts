import { CLAIM, INGRESS, MAIN, MONITORS, ROUTE } from './chart-values.ts';

const STORE = '/var/lib/genesis-exporter';

/** Combinations of values, what of the manifests they must bring, and what must not be in them; texts are of the objects as JSON. */
export const COMBINATIONS: readonly (readonly [string, object, readonly string[], (readonly string[])?])[] = [
  [
    'nothing',
    {},
    ['"emptyDir":{"sizeLimit":"2Gi"}', `--storage.path=${STORE}`, '"fsGroup":65532', '"readOnlyRootFilesystem":true'],
    ['PersistentVolumeClaim', 'Ingress', 'HTTPRoute', '"strategy"', 'dashboard', '"path":"//'],
  ],
  [
    'a claim',
    CLAIM,
    [
      '"kind":"PersistentVolumeClaim"',
      '"persistentVolumeClaim":{"claimName":"x-genesis-exporter"}',
      '"strategy":{"type":"Recreate"}',
    ],
    ['emptyDir', 'storageClassName'],
  ],
  [
    'a claim of a class, with annotations',
    {
      persistence: {
        ...CLAIM.persistence,
        size: '10Gi',
        storageClass: 'fast',
        accessModes: ['ReadWriteOncePod'],
        annotations: { 'helm.sh/resource-policy': 'keep' },
      },
    },
    ['"storage":"10Gi"', '"storageClassName":"fast"', '["ReadWriteOncePod"]', '"helm.sh/resource-policy":"keep"'],
  ],
  [
    'a claim that is there',
    { persistence: { ...CLAIM.persistence, existingClaim: 'mine' } },
    ['"claimName":"mine"', '"type":"Recreate"'],
    ['PersistentVolumeClaim"'],
  ],
  ['a claim and the strategy that it needs', { ...CLAIM, strategy: { type: 'Recreate' } }, ['"type":"Recreate"']],
  ['a claim and no exporter', { ...CLAIM, replicas: 0 }, ['"replicas":0']],
  [
    'two exporters with less to write',
    { replicas: 2, persistence: { sizeLimit: '512Mi' } },
    ['"replicas":2', 'PodDisruptionBudget', '"sizeLimit":"512Mi"'],
    ['Recreate'],
  ],
  [
    'a path for all',
    { ...MAIN, ...INGRESS, ...ROUTE, ...MONITORS },
    [
      '"--web.external-url=https://ops.example.com/genesis/"',
      '"path":"/genesis/-/healthy"',
      '"path":"/genesis/-/ready"',
      '"path":"/genesis/metrics"',
      '"path":"/genesis/probe"',
      '"path":"/genesis","pathType":"Prefix"',
      '{"type":"PathPrefix","value":"/genesis"}',
      "http://x-genesis-exporter:14569/genesis/-/ready'",
    ],
    ['"/metrics"', '"/-/'],
  ],
  [
    'a path that the proxy strips',
    { web: { ...MAIN.web, routePrefix: '/' }, ...MONITORS },
    ['"--web.route-prefix=/"', '"path":"/-/ready"', '"path":"/metrics"', '"path":"/probe"'],
    ['"/genesis/'],
  ],
  [
    'a prefix alone, with a slash at its end',
    { web: { routePrefix: '/a/b/' }, ...INGRESS, ...ROUTE },
    ['"path":"/a/b/-/healthy"', '"path":"/a/b","pathType"', '"value":"/a/b"'],
    ['external-url', '/a/b//'],
  ],
  [
    'an external URL without a path',
    { web: { externalUrl: 'https://ops.example.com' }, ...INGRESS, ...MONITORS },
    ['"path":"/-/healthy"', '"path":"/","pathType":"Prefix"', '"path":"/metrics"'],
  ],
  [
    'an Ingress with all that it can have',
    {
      ingress: {
        enabled: true,
        className: 'nginx',
        annotations: { 'nginx.ingress.kubernetes.io/auth-type': 'basic' },
        hosts: [{ host: 'a.example', paths: [{ path: '/x', pathType: 'Exact' }] }, { host: 'b.example' }],
        tls: [{ secretName: 'ops-tls', hosts: ['a.example'] }],
      },
    },
    [
      '"ingressClassName":"nginx"',
      '"path":"/x","pathType":"Exact"',
      '"host":"b.example","http":{"paths":[{"path":"/","pathType":"Prefix"',
      '"service":{"name":"x-genesis-exporter","port":{"name":"http"}}',
      '"secretName":"ops-tls"',
    ],
  ],
  [
    'an HTTPRoute with all that it can have',
    {
      ...MAIN,
      service: { port: 80 },
      httpRoute: {
        ...ROUTE.httpRoute,
        annotations: { note: 'text' },
        labels: { tier: 'edge' },
        hostnames: ['ops.example.com'],
        matches: [{ path: { type: 'PathPrefix', value: '/old' } }],
        filters: [
          {
            type: 'URLRewrite',
            urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/genesis' } },
          },
        ],
      },
    },
    ['"hostnames":["ops.example.com"]', '"value":"/old"', '"URLRewrite"', '"port":80}'],
    ['"value":"/genesis"'],
  ],
  [
    'dashboards',
    { dashboards: { enabled: true } },
    ['"grafana_dashboard":"1"', '"grafana_folder":"Genesis"', 'x-genesis-exporter-dashboard-fleet'],
  ],
  [
    'dashboards elsewhere, found otherwise',
    {
      dashboards: {
        enabled: true,
        namespace: 'grafana',
        label: 'dash',
        labelValue: '',
        folderAnnotation: 'k8s-sidecar-target-directory',
        folder: '/tmp/a',
      },
    },
    ['"namespace":"grafana"', '"dash":""', '"k8s-sidecar-target-directory":"/tmp/a"'],
    ['grafana_dashboard'],
  ],
  [
    'dashboards in no folder, of a long name',
    { dashboards: { enabled: true, folder: '' }, fullnameOverride: 'n'.repeat(63) },
    [`"${'n'.repeat(40)}-dashboard-exporter"`],
    ['grafana_folder'],
  ],
  [
    'containers, volumes and objects of a site',
    {
      extraContainers: [{ name: 'proxy', image: 'proxy:1' }],
      extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
      extraVolumeMounts: [{ name: 'ca', mountPath: '/etc/ca' }],
      extraArgs: ['--storage.retention=30d'],
      extraObjects: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '{{ .Release.Name }}-a' } },
        'apiVersion: v1\nkind: Secret\nmetadata: {name: "{{ include "genesis-exporter.fullname" . }}-b"}\n',
      ],
    },
    [
      '"name":"proxy"',
      '"mountPath":"/etc/ca"',
      '"--storage.retention=30d"',
      '"name":"x-a"',
      '"name":"x-genesis-exporter-b"',
    ],
  ],
  [
    'another user, as OpenShift gives it',
    {
      podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null },
      securityContext: { runAsUser: null, runAsGroup: null },
    },
    ['"runAsNonRoot":true', '"readOnlyRootFilesystem":true'],
    ['65532'],
  ],
  [
    'TLS and users, with a path',
    { ...MAIN, ...MONITORS, webConfig: { existingSecret: 'web', scheme: 'HTTPS' } },
    ['"path":"/genesis/-/healthy","port":14569,"scheme":"HTTPS"', '--web.auth-exempt-paths=/-/healthy,/-/ready'],
  ],
  [
    'no account and no test, and times of a probe',
    { serviceAccount: { create: false }, tests: { enabled: false }, livenessProbe: { failureThreshold: 5 } },
    ['"default"', '"failureThreshold":5'],
    ['"Pod"', '"ServiceAccount"'],
  ],
  [
    'the sidecar, with a path and its monitors',
    { shape: 'sidecar', ...MAIN, serviceMonitor: { enabled: true }, dashboards: { enabled: true } },
    ['"clusterIP":"None"', '"path":"/genesis/metrics"', 'dashboard-node'],
    ['"Deployment"', '"Pod"'],
  ],
];
