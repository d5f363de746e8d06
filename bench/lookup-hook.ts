// Loaded into the exporter before it starts (`node --import`): `hN.fleet.example` is 127.91.0.N, after a real lookup of `localhost`,
// which takes a thread and reads the hosts file as every lookup does. Brings the meter of the event loop too.
import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import './loop-meter.ts';

const systemLookup = dns.lookup;

async function lookup(name: string, options: object): Promise<unknown> {
  const [, host] = /^h(\d+)\.fleet\.example$/.exec(name) ?? [];
  if (host === undefined) return systemLookup(name, options);
  await systemLookup('localhost', options);
  return [{ address: `127.91.0.${host}`, family: 4 }];
}

Object.assign(dns, { lookup });
syncBuiltinESMExports();
