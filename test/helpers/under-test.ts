/** Where the program that the e2e tests start comes from: `dist/`, the package as npm installs it, the archive with Node.js inside, or the container image. */
export type Origin = 'build' | 'tarball' | 'archive' | 'image';

/** What `EXPORTER_UNDER_TEST` asks for; the build when it is not set. */
export const ORIGIN = parseOrigin(process.env['EXPORTER_UNDER_TEST'] ?? 'build');

const ABOUT_ITSELF = 'it makes what it looks at, and the run from the build has seen it';
const IN_A_BROWSER = 'what a browser makes of the page is the same wherever the page comes from';
const ABOUT_THE_DOCS = 'its subject is a page of the docs, which the run from the build has followed';
const ABOUT_PROMETHEUS = 'its subject is what a Prometheus makes of the metrics, the same wherever they come from';

/** Files of `test/e2e` that say nothing of a program of some origin, each with the reason. */
const LEFT_OUT: Readonly<Record<Origin, Readonly<Record<string, string>>>> = {
  build: {},
  tarball: {
    'image.test.ts': ABOUT_ITSELF,
    'image-store.test.ts': ABOUT_ITSELF,
    'package.test.ts': ABOUT_ITSELF,
    'docs-commands.test.ts': ABOUT_ITSELF,
    'tutorial.test.ts': ABOUT_THE_DOCS,
  },
  archive: {
    'image.test.ts': ABOUT_ITSELF,
    'image-store.test.ts': ABOUT_ITSELF,
    'package.test.ts': ABOUT_ITSELF,
    'docs-commands.test.ts': ABOUT_ITSELF,
    'tutorial.test.ts': ABOUT_THE_DOCS,
  },
  image: {
    'image.test.ts': ABOUT_ITSELF,
    'image-store.test.ts': ABOUT_ITSELF,
    'package.test.ts': ABOUT_ITSELF,
    'docs-commands.test.ts': ABOUT_ITSELF,
    'tutorial.test.ts': ABOUT_THE_DOCS,
    'memory.test.ts': 'podman would have to mount a folder for each test',
    'storage-faults.test.ts': 'podman would have to mount a folder for each test',
    'storage-recovery.test.ts': 'podman would have to mount a folder for each test',
    'moved-name.test.ts': 'podman mounts a hosts file of its own',
    'dns-discovery.test.ts': 'its DNS servers are those of the container, which podman chooses',
    'sockets.test.ts': 'podman passes no descriptors, and would have to mount a folder for each socket',
    'front-doors.test.ts': IN_A_BROWSER,
    'page.test.ts': IN_A_BROWSER,
    'page-fleet.test.ts': IN_A_BROWSER,
    'openmetrics.test.ts': ABOUT_PROMETHEUS,
    'alerts.test.ts': ABOUT_PROMETHEUS,
    'dashboards.test.ts': ABOUT_PROMETHEUS,
    'closed-output.test.ts': 'podman reads what the program prints, whoever reads podman',
  },
};

/** Files of `test/e2e` that are not run with the program under test, and why. */
export function leftOut(): readonly (readonly [file: string, reason: string])[] {
  return Object.entries(LEFT_OUT[ORIGIN]);
}

function parseOrigin(word: string): Origin {
  if (word === 'build' || word === 'tarball' || word === 'archive' || word === 'image') return word;
  throw new Error(`EXPORTER_UNDER_TEST=${word}: expected build, tarball, archive or image`);
}
