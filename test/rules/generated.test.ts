import { expect, it } from 'vitest';
import { rulesFile } from '../../src/rules/rules-file.ts';
import { SHIPPED } from '../../src/rules/settings.ts';

it('prometheus/rules/genesis-exporter.rules.yml is what src/rules makes', async () => {
  await expect(rulesFile(SHIPPED)).toMatchFileSnapshot('../../prometheus/rules/genesis-exporter.rules.yml');
});
