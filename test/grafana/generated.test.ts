import { expect, it } from 'vitest';
import { DASHBOARDS } from '../../grafana/src/dashboards.ts';

it.each(Object.entries(DASHBOARDS))('grafana/dashboards/%s.json is what grafana/src makes', async (name, build) => {
  const text = `${JSON.stringify(build(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`../../grafana/dashboards/${name}.json`);
});
