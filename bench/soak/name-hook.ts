// Loaded into the exporter before it starts (`node --import`): names resolve as the file in SOAK_NAMES says, so that a name
// can move to another machine while the exporter runs.
import dns from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const systemLookup = dns.lookup;

async function lookup(name: string, options: object): Promise<unknown> {
  const names: Record<string, string> = JSON.parse(readFileSync(process.env['SOAK_NAMES'] ?? '', 'utf8'));
  const address = names[name];
  return address === undefined ? systemLookup(name, options) : [{ address, family: 4 }];
}

Object.assign(dns, { lookup });
syncBuiltinESMExports();
