import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTargetAddress } from '../../src/domain/target-address.ts';
import type { ProbeAnswer } from '../../src/http/probe.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { startProbeService } from '../helpers/probe-service.ts';
import { closedPort } from '../helpers/servers.ts';
import { queryStrings } from './query-string.ts';

closeAppsAfterEach();

const TARGETS = [
  'known',
  'KNOWN',
  '127.0.0.1:22',
  'localhost:22',
  '[::1]:22',
  '169.254.169.254:80',
  '0x7f.1:22',
  '2130706433:22',
  'admitted.test:4569',
  'admitted.test:4570',
  'admitted.test.:4569',
  'evil.test#admitted.test:4569',
  'admitted.test@evil.test:4569',
  'http://admitted.test:4569',
  'admitted.test:4569/../',
  'sub.pattern.test:4569',
  '.pattern.test:4569',
  'pattern.test:4569',
];

const queries = queryStrings(
  ['target', 'module', 'debug'],
  [...TARGETS, 'default', 'secret', 'none', 'true', 'false', 'yes', '1'],
);

/** An app on a service that knows one node, admits few targets, and finds none of their names. */
async function setUp() {
  const { service, seen } = startProbeService(`
modules: {default: {}, secret: {health: {authorization: {credentials: x}}}}
nodes: [{name: known, health_url: "http://127.0.0.1:${await closedPort()}/"}]
probe: {allowed_targets: ["admitted.test:4569", "*.pattern.test:4569"]}
`);
  return { seen, app: anApp([], { probe: service.probe }).app };
}

it('probes nothing by any query of /probe but what is known or admitted', async () => {
  const { app, seen } = await setUp();
  for (const target of ['known', 'admitted.test:4569']) {
    expect((await app.inject(`/probe?target=${target}`)).statusCode, target).toBe(200);
  }
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const { statusCode, body } = await app.inject(`/probe${query}`);
      expect([200, 400, 403]).toContain(statusCode);
      if (statusCode !== 200) expect(JSON.parse(body)).toEqual({ error: expect.any(String) });
    }),
    { numRuns: 1500 },
  );
  expect(seen.internalErrors).toBe(0);
  expect(new Set(seen.probed.map(({ node }) => node.name))).toEqual(new Set(['known']));
  for (const name of seen.lookups) expect(name).toMatch(/^(?:admitted|[^.]+(?:\.[^.]+)*\.pattern)\.test\.?$/i);
  expect(seen.lookups).toContain('admitted.test');
});

it('hands a target on as it was written, or refuses it', async () => {
  const targets: string[] = [];
  const answer: ProbeAnswer = { kind: 'forbidden', error: 'no' };
  const { app } = anApp([], {
    probe: async ({ target }) => {
      targets.push(target);
      return answer;
    },
  });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
      const target = text.toWellFormed();
      targets.length = 0;
      await app.inject(`/probe?target=${encodeURIComponent(target)}`);
      expect(targets).toEqual([target]);
    }),
    { numRuns: 500 },
  );
});

it('finds no address in a text that a URL would read otherwise', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\w.:@/#?[\]%\\-]{1,30}:\d{1,5}$/)),
      (text) => {
        const address = parseTargetAddress(text);
        if (address === undefined) return;
        const host = address.host.includes(':') ? `[${address.host}]` : address.host;
        const url = new URL(`http://${host}:${address.port}/path`);
        expect([url.username, url.password, url.pathname, url.search, url.hash]).toEqual(['', '', '/path', '', '']);
        expect(Number(url.port || 80)).toBe(address.port);
      },
    ),
    { numRuns: 5000 },
  );
});
