import { expect } from 'vitest';
import { problemsOf } from '../config/parsed.ts';
import { hasRenderer } from '../deploy/manifests.ts';
import { hasTool } from '../helpers/promtool.ts';
import type { Workplace } from './workplace.ts';

/** How a command of the docs is tried: run to its end, or started and left running; or the reason why it is not. */
export type Way =
  | { readonly never: string }
  | {
      /** Whether it goes on until it is ended, as an exporter does. */
      readonly serves?: true;
      /** Tools besides Node.js and a shell. */
      readonly needs?: readonly string[];
      /** What it writes. */
      readonly shows?: RegExp;
      /** What is so afterwards. */
      readonly leaves?: (place: Workplace) => void;
    };

const RULES = 'prometheus/rules/genesis-exporter.rules.yml';
const DOCKER = 'needs a Docker engine; .ci/image builds the image and test/e2e/image.test.ts runs it';
const CLUSTER = 'needs a cluster; test/deploy/ looks at what would be applied';
const SYSTEMD = 'needs the systemd that runs the machine; test/deploy/systemd.test.ts has it judge the unit';
const THIS_RUN = 'is what runs this very test';
const ANOTHER_NODE = 'downloads another Node.js; the check workflow runs the tests on it';
const ON_GENESIS = 'needs an installed Genesis';
const LINE = /^genesis_node_healthy\{genesis_node="trading-a"\} 1$/m;
const ROWS = /"PROCESS_NAME":"GENESIS_ROUTER","STATUS":"UP"/;

/** Each command that is known, by its beginning; the first that fits is taken. */
export const WAYS: readonly (readonly [RegExp, Way])[] = [
  [/^npm (?:ci && npm |run )?test\b/, { never: THIS_RUN }],
  [/^npm run check\b/, { never: THIS_RUN }],
  [/^npm install --prefix \.\.\/node26 /, { never: ANOTHER_NODE }],
  [/^PATH="\$PWD\/\.\.\/node26\//, { never: ANOTHER_NODE }],
  [/^docker (?:build|push|run|compose) /, { never: DOCKER }],
  [/^kubectl (?:apply|create) /, { never: CLUSTER }],
  [/^helm test /, { never: CLUSTER }],
  [/^systemctl /, { never: SYSTEMD }],
  [/^(?:mon|tail -n 200 \$GENESIS_HOME\/.*)$/, { never: ON_GENESIS }],

  [
    /^sed -i '\/GENESIS_ROUTER\//,
    { never: 'test/e2e/tutorial.test.ts edits the file so, and looks at what becomes of it' },
  ],
  [/^npm ci$/, { shows: /added \d+ packages/ }],
  [/^npm ci && npm run build && npm pack\b/, { shows: /^genesis-exporter-[\d.]+\.tgz$/m }],
  [/^npm ci && npm run demo\b/, { serves: true }],
  [/^npm ci && npm run build && node dist\/main\.js /, { serves: true }],
  [/^npm run fix\b/, { shows: /Checked \d+ files/ }],
  [/^npm run soak -- --minutes 30$/, { never: 'takes half an hour' }],
  [/^npm run soak -- --help/, { shows: /^ {2}--minutes N/m }],
  [/^npx vitest run test\/domain\b/, { shows: /Tests .*\d+ passed/ }],
  [/^npm install --global --prefix \/opt\//, { shows: /added \d+ packages/ }],
  [/^install -D /, {}],
  [
    /^(?:cat|echo .*) > genesis\.yml\b/,
    { leaves: (place) => expect(problemsOf(place.read('genesis.yml'))).toEqual([]) },
  ],

  [/^genesis-exporter --config\.check /, { shows: /^configuration is valid, nodes: 1$/m }],
  [/^genesis-exporter check --output=json \| jq /, { needs: ['jq'], shows: /^$/ }],
  [/^genesis-exporter check --output=nagios$/, { shows: /^GENESIS OK - [^\n]+\n$/ }],
  [
    /^genesis-exporter check\b/,
    { shows: /: healthy, \d+ processes\n\n^PROCESS +STATUS +PORT [\s\S]*^GENESIS_ROUTER +UP /m },
  ],
  [/^genesis-exporter --/, { serves: true }],

  [
    /^curl (?:-s )?'?http:\/\/[\w.]+:14569\/health\/status\S* \| jq /,
    { needs: ['curl', 'jq'], shows: /GENESIS_ROUTER|^"/ },
  ],
  [/^curl (?:-s )?'?http:\/\/[\w.]+:14569\/health\/status/, { needs: ['curl'], shows: ROWS }],
  [/^curl --unix-socket \S+ http:\/\/localhost\/health\/status$/, { needs: ['curl'], shows: ROWS }],
  [/^curl -s http:\/\/EXPORTER:14569\/metrics \| head/, { needs: ['curl'], shows: /^# HELP / }],
  [/^curl http:\/\/[\w.]+:14569\/metrics/, { needs: ['curl'], shows: LINE }],
  [/^curl (?:-v|-s) http:\/\/EXPORTER:14569\/-\/healthy/, { needs: ['curl'], shows: /./ }],
  [/^curl -s http:\/\/EXPORTER:14569\/config/, { needs: ['curl'], shows: /^nodes:$/m }],
  [
    /^curl '?http:\/\/[\w.]+:14569\/api\/v1\/(?:events|history)\?node=/,
    { needs: ['curl'], shows: /\{"(?:events|node)":/ },
  ],
  [/^curl '?http:\/\/[\w.]+:14569\/api\/v1\/nodes\?node=/, { needs: ['curl'], shows: /"names":\["trading-a"\]/ }],
  [/^curl -s 'http:\/\/[\w.]+:14569\/probe\?.*&debug=true'/, { needs: ['curl'], shows: /^probe_success 1$/m }],
  [/^curl -s http:\/\/NODE-HOST:4569\/health\/status \| jq /, { needs: ['curl', 'jq'], shows: /^$/ }],
  [/^curl -s -w '%\{http_code\}\\n' http:\/\/NODE-HOST:4569\//, { needs: ['curl'], shows: /200\n$/ }],
  [/^openssl s_client -connect HOST:PORT /, { needs: ['openssl'], shows: /^subject=.*\nnotAfter=/m }],
  [
    /^ls -l \$GENESIS_HOME\//,
    { shows: /processes\.xml\n.*global-service-definitions\.xml|global-service-definitions\.xml\n.*processes\.xml/ },
  ],

  [/^promtool check config /, { needs: ['promtool'], shows: /SUCCESS/ }],
  [/^promtool test rules /, { needs: ['promtool'], shows: /SUCCESS/ }],
  [/^amtool check-config /, { needs: ['amtool'], shows: /SUCCESS/ }],
  [/^sed -i 's\/job/, { leaves: (place) => expect(place.read(RULES)).toContain('job="OTHER"') }],
  [
    /^sed -i 's#dashboard_url:/,
    {
      leaves(place) {
        const links = place.read(RULES).match(/dashboard_url: .*/g) ?? [];
        expect(links.length).toBeGreaterThan(20);
        for (const link of links) expect(link).toMatch(/_url: https:\/\/grafana\.example\/d\//);
      },
    },
  ],
  [
    /^genesis-exporter rules --set .* > genesis\.rules\.yml$/,
    {
      leaves: (place) =>
        expect(place.read('genesis.rules.yml')).toMatch(/ >= 0\.8$[\s\S]*team: trading[\s\S]*trading-a/m),
    },
  ],
  [/^promtool check rules /, { needs: ['promtool'], shows: /SUCCESS: [1-9]\d+ rules found/ }],

  [/^kubectl kustomize /, { needs: ['kubectl'], shows: /^ +image: ghcr\.io\/[\w/-]+:[\d.]+$/m }],
  [/^helm lint --strict /, { needs: ['helm'], shows: /1 chart\(s\) linted, 0 chart\(s\) failed/ }],
  [/^helm template /, { needs: ['helm'], shows: /^kind: Deployment$/m }],
  [/^helm package /, { needs: ['helm'], shows: /genesis-exporter-[\d.]+\.tgz$/m }],
  [
    /^helm install /,
    { needs: ['helm'], shows: /^kind: Deployment$[\s\S]*10\.0\.0\.5:4569|10\.0\.0\.5:4569[\s\S]*^kind: Deployment$/m },
  ],
];

/** Whether a tool can be run; where it must be, under CI, its absence is an error, but for the tools of Kubernetes. */
export function isThere(tool: string): boolean {
  if (tool === 'helm') return hasRenderer(tool);
  if (tool === 'kubectl') return hasRenderer(tool, ['version', '--client']);
  return hasTool(tool, tool === 'openssl' ? ['version'] : undefined);
}
