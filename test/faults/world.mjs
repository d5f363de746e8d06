// Loaded into the program before it starts (`node --import`): its wall clock and its names are as a file of the test says, so
// that the clock can be stepped and a name can stop resolving without the rights to do so to the machine.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';

const realNow = Date.now;
const realLookup = dns.lookup;

function world() {
  return JSON.parse(readFileSync(process.env.TEST_WORLD, 'utf8'));
}

Date.now = () => realNow() + world().clockOffsetMs;

dns.lookup = (name, options, callback) => {
  const { names } = world();
  if (!Object.hasOwn(names, name)) return realLookup(name, options, callback);
  const address = names[name];
  const isFound = address !== null;
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  setImmediate(() => {
    if (!isFound) callback(error);
    else if (options.all) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  });
};
