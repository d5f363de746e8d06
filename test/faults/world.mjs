// Loaded into the program before it starts (`node --import`): its wall clock and its names are as a file of the test says, so
// that the clock can be stepped and a name can stop resolving without the rights to do so to the machine.
import dns from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const realNow = Date.now;
const realLookup = dns.lookup;

function world() {
  return JSON.parse(readFileSync(process.env.TEST_WORLD, 'utf8'));
}

Date.now = () => realNow() + world().clockOffsetMs;

dns.lookup = async (name, options) => {
  const { names } = world();
  if (!Object.hasOwn(names, name)) return realLookup(name, options);
  const address = names[name];
  if (address === null) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  return [{ address, family: 4 }];
};
syncBuiltinESMExports();
