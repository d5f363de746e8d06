import { onTestFinished } from 'vitest';
import { createStandInNode, type StandInNode, type StandInOptions } from '../../src/stand-in/stand-in-node.ts';

/** An address of loopback of its own, so that fixed ports are free; other systems than Linux have one address alone. */
function loopbackAddress(): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const part = () => 1 + Math.floor(Math.random() * 250);
  return `127.${part()}.${part()}.${part()}`;
}

/** A stand-in node that is stopped when the test ends. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandInNode> {
  const node = createStandInNode({ host: loopbackAddress(), ...options });
  await node.start();
  onTestFinished(() => node.stop());
  return node;
}
