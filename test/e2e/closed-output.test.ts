import { expect, it } from 'vitest';
import { startMain } from '../helpers/exporter-process.ts';
import { startStandIn } from '../helpers/stand-in.ts';

it('a check does not mind that nobody reads what it prints', async () => {
  const node = await startStandIn();
  await node.die('GENESIS_ROUTER');
  const { child, ended } = startMain(['check', node.healthUrl]);
  child.stdout.destroy();
  expect(await ended).toMatchObject({ code: 1, stderr: '' });
});
