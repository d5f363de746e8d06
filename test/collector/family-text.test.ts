import { expect, it } from 'vitest';
import { createFamilyRenderer } from '../../src/collector/family-text.ts';
import { FAMILIES } from '../../src/collector/metrics-table.ts';
import { showNode } from '../../src/collector/shown-node.ts';
import { createYielder } from '../../src/collector/yielder.ts';
import { aNode, aReport, good } from '../domain/builders.ts';
import { viewAfter } from '../helpers/views.ts';

const STATUS = FAMILIES.findIndex(({ name }) => name === 'genesis_process_status');

function aShownNode(name: string, processes: number) {
  const reports = Array.from({ length: processes }, (_, index) => aReport(`PROCESS_${index}`));
  return showNode(viewAfter(aNode({ name }), [[1, { health: good(1, ...reports) }]], 2));
}

it('renders several families at once without mixing them up', async () => {
  const render = createFamilyRenderer();
  const nodes = [aShownNode('a', 2)];
  const texts = await Promise.all(FAMILIES.map((_, index) => render(index, nodes, async () => {})));
  texts.forEach((text, index) => {
    const names = new Set(text.match(/^\w+/gm));
    expect([[FAMILIES[index]?.name], []]).toContainEqual([...names]);
  });
});

it('renders many samples in parts, and has others take their turn in between', async () => {
  let turns = 0;
  const nodes = Array.from({ length: 20 }, (_, index) => aShownNode(`node-${index}`, 50));
  const text = await createFamilyRenderer()(STATUS, nodes, async () => {
    turns += 1;
  });
  expect(turns).toBeGreaterThan(3);
  const whole = await Promise.all(nodes.map((node) => createFamilyRenderer()(STATUS, [node], createYielder())));
  expect(text).toBe(whole.join(''));
  expect(text.split('\n')).toHaveLength(20 * 50 * 7 + 1);
});
