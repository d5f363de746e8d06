import { createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { commandsOf, type DocCommand } from '../docs/commands.ts';
import { blocksOf, type Page, readPages } from '../docs/pages.ts';
import { isThere, WAYS, type Way } from '../docs/ways.ts';
import { createWorkplace, type Workplace } from '../docs/workplace.ts';
import { poll, startConfigured } from '../helpers/exporter-process.ts';
import { certificate, listen, tlsFixture } from '../helpers/servers.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const PAGES = readPages().map((page) => ({ page, commands: commandsOf(page) }));
const GENESIS_HOME = new URL('../fixtures/genesis-home/installed/', import.meta.url).pathname;
// In the log of an exporter, and in what the demo says.
const LISTENING = /"urls":\["([^"]+)"|(http:\/\/\S+)\/health\/status {3}/;
const LONG_ENOUGH_MS = 300_000;

function wayOf({ text }: DocCommand): Way | undefined {
  return WAYS.find(([pattern]) => pattern.test(text))?.[1];
}

/** The files that a page shows, each in a block that begins with its name. */
function writeFiles(page: Page, place: Workplace): void {
  for (const { kind, text } of blocksOf(page)) {
    const [, name] = /^# ([\w-]+\.ya?ml)\b/.exec(text) ?? [];
    if (kind === 'yaml' && name !== undefined) place.write(name, text);
  }
}

/** Until each node was probed once: before that, `/health/status` is 503. */
async function waitUntilReady(url: string): Promise<void> {
  await poll(async () => ((await fetch(`${url}/-/ready`)).ok ? true : undefined), LONG_ENOUGH_MS / 2);
}

/** What a reader has at hand: a node, an exporter on it, a secure process, a checkout with the files that the page shows. */
async function createWorld(page: Page, commands: readonly DocCommand[]) {
  const place = createWorkplace({ installed: !commands.some(({ text }) => /^npm ci\b/.test(text)) });
  const node = await startStandIn();
  const config = `nodes: [{name: trading-a, health_url: "${node.healthUrl}"}]\n`;
  place.write('genesis.yml', config);
  writeFiles(page, place);
  for (const name of ['ca.pem', 'server.pem', 'server.key']) place.write(name, tlsFixture(name));
  const secure = await listen(createServer(certificate('server')));
  let exporterUrl: string | undefined;

  /** The command with what stands for the reader's own addresses and folders replaced. */
  async function fillIn(text: string): Promise<string> {
    const needsExporter = /\b(?:127\.0\.0\.1|EXPORTER):14569\b/.test(text);
    if (needsExporter && exporterUrl === undefined) {
      exporterUrl = (await startConfigured(config)).url;
      await waitUntilReady(exporterUrl);
    }
    return (
      text
        .replaceAll(/\bhttp:\/\/(?:127\.0\.0\.1|EXPORTER):14569\b/g, exporterUrl ?? '')
        .replaceAll(/\bhttp:\/\/(?:NODE-HOST|10\.0\.0\.5):4569\/health\/status\b/g, node.healthUrl)
        .replaceAll('HOST:PORT', `127.0.0.1:${secure.port}`)
        .replaceAll(/\bNODE\b/g, 'trading-a')
        .replaceAll(/\bPROCESS\b/g, 'GENESIS_ROUTER')
        .replaceAll('=FILE', '=genesis.yml')
        .replaceAll(/ \/(?=opt\/|etc\/)/g, ` ${place.folder}/`)
        // Without a cluster helm takes a version of Kubernetes for granted, an old one.
        .replaceAll(/^helm install /g, 'helm template --kube-version=1.31.0 ')
    );
  }

  const env = {
    GENESIS_HOME,
    GENESIS_EXPORTER_WEB_LISTEN_ADDRESS: '127.0.0.1:0',
    GENESIS_EXPORTER_LOG_FORMAT: 'json',
  };
  const beside = { ...env, GENESIS_EXPORTER_GENESIS_HEALTH_URL: node.healthUrl };

  return {
    place,
    fillIn,
    envOf: (command: string) => (command.includes('--config.file') ? env : beside),
    /** From now on the exporter that the page's next commands mean. */
    setExporter(url: string) {
      exporterUrl = url;
    },
  };
}

async function tryOut(
  command: string,
  way: Exclude<Way, { never: string }>,
  world: Awaited<ReturnType<typeof createWorld>>,
) {
  const { place, fillIn, envOf } = world;
  const filled = await fillIn(command);
  if (way.serves) {
    const { output, ended } = place.start(filled, envOf(filled));
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    const url = await poll(async () => {
      if (isOver) throw new Error(`${filled}: ended: ${output()}`);
      return LISTENING.exec(output())?.slice(1).find(Boolean);
    }, LONG_ENOUGH_MS / 2);
    if (url.startsWith('http:')) {
      await waitUntilReady(url);
      expect((await fetch(`${url}/health/status`)).status).toBeLessThan(504);
    }
    world.setExporter(url);
    return;
  }
  const { code, output } = await place.run(filled, envOf(filled));
  expect(code, `${filled}\n${output}`).toBe(0);
  if (way.shows !== undefined) expect(output, filled).toMatch(way.shows);
  way.leaves?.(place);
}

describe('the commands of the docs', () => {
  it('are all tried, or listed with the reason why not', () => {
    const unknown = PAGES.flatMap(({ commands }) => commands.filter((command) => wayOf(command) === undefined));
    expect(unknown.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
  });

  it('are the ones that this test knows of: it knows none that is gone', () => {
    const ways = new Set(PAGES.flatMap(({ commands }) => commands.map(wayOf)));
    expect(WAYS.filter(([, way]) => !ways.has(way)).map(([pattern]) => String(pattern))).toEqual([]);
  });

  const pages = PAGES.filter(({ commands }) => commands.some((command) => !('never' in (wayOf(command) ?? {}))));

  it.each(pages.map((one) => [one.page.path, one] as const))(
    'work: %s',
    async (_, { page, commands }) => {
      const world = await createWorld(page, commands);
      for (const { place, text } of commands) {
        const way = wayOf({ place, text });
        if (way === undefined || 'never' in way || !(way.needs ?? []).every(isThere)) continue;
        await tryOut(text, way, world).catch((cause: unknown) => {
          throw new Error(`${place}: ${cause instanceof Error ? cause.message : cause}`, { cause });
        });
      }
    },
    LONG_ENOUGH_MS,
  );
});
