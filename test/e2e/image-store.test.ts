import { describe, expect, it, onTestFinished } from 'vitest';
import { hasImage, listeningUrl, startContainer } from '../helpers/container.ts';
import { eventually } from '../helpers/exporter-process.ts';
import { podman } from '../helpers/podman.ts';
import { readHealth } from '../helpers/reading.ts';
import { startStandIn } from '../helpers/stand-in.ts';

const STORE = '/var/lib/genesis-exporter';
const ROUTER = 'GENESIS_ROUTER';

/** A volume that goes when the test ends, and all containers on it before. */
function createVolume(): string {
  const name = podman('volume', 'create');
  onTestFinished(() => void podman('volume', 'rm', '--force', name));
  return name;
}

describe.skipIf(!hasImage())('the container image with a volume', () => {
  it.each(['65532:65532', `${100_000 + Math.floor(Math.random() * 900_000)}:0`])(
    'keeps memory longer than the container lives, as the user %s, with nothing else to write to',
    async (user) => {
      const volume = createVolume();
      const node = await startStandIn();
      const start = async () => {
        const id = startContainer(
          ['--network=host', `--user=${user}`, `--volume=${volume}:${STORE}`],
          [
            '--web.listen-address=127.0.0.1:0',
            `--genesis.health-url=${node.healthUrl}`,
            '--genesis.node-name=a',
            `--storage.path=${STORE}`,
          ],
        );
        return { id, url: await listeningUrl(id) };
      };
      const stateOfRouter = async (url: string) => {
        const { code, rows } = await readHealth(url);
        return `${code} ${rows.find(({ PROCESS_NAME }) => PROCESS_NAME === ROUTER)?.STATUS}`;
      };

      const first = await start();
      await eventually(async () => expect(await stateOfRouter(first.url)).toBe('200 UP'));
      // Nobody can learn of the router any more but from what the first container has written.
      node.drop(ROUTER);
      podman('kill', '--signal=TERM', first.id);
      expect(podman('wait', first.id)).toBe('0');
      podman('rm', first.id);
      const second = await start();
      await eventually(async () => expect(await stateOfRouter(second.url)).toBe('503 DOWN'));
    },
  );
});
