import { describe, expect, it } from 'vitest';
import { parseSystemDefinition } from '../../src/genesis/system-definition.ts';
import { itemsInForce } from '../../src/genesis/system-items.ts';

const GLOBAL = 'global { item("P", "global") item("G", "global") }';

function inForce(systems: string, env: Readonly<Record<string, string>> = {}) {
  const result = parseSystemDefinition(`systemDefinition { ${GLOBAL} systems { ${systems} } }`);
  const definition = result.kind === 'parsed' ? result.value : expect.unreachable();
  return Object.fromEntries(itemsInForce(definition, 'Here.example', new Map(Object.entries(env))));
}

describe('itemsInForce', () => {
  it.each([
    ['global without systems', '', { P: 'global', G: 'global' }],
    ['system over global', 'system("A") { hosts { host("here.example") } item("P", "a") }', { P: 'a', G: 'global' }],
    [
      'host over system',
      'system("A") { hosts { host("x") host("here.example") { item("P", "host") } } item("P", "a") }',
      { P: 'host', G: 'global' },
    ],
    ['no system of other hosts', 'system("A") { hosts { host("here") } item("P", "a") }', { P: 'global', G: 'global' }],
    ['no system without hosts', 'system("A") { item("P", "a") }', { P: 'global', G: 'global' }],
    [
      'the first of several systems',
      'system("A") { hosts { host("here.example") } item("P", "a") } system("B") { hosts { host(LOCAL_HOST) } item("P", "b") }',
      { P: 'a', G: 'global' },
    ],
    [
      'LOCAL_HOST for every machine, even above its name',
      'system("A") { hosts { host(LOCAL_HOST) } item("P", "a") } system("B") { hosts { host("here.example") } item("P", "b") }',
      { P: 'a', G: 'global' },
    ],
    [
      'no guess which of two systems holds',
      'system("A") { hosts { host(ME) } item("P", "a") } system("B") { hosts { host(LOCAL_HOST) } item("Q", "b") }',
      { P: undefined, Q: undefined, G: 'global' },
    ],
    [
      'no guess whether a system holds',
      'system("A") { hosts { host(ME) { item("Q", "q") } } item("P", "a") }',
      { P: undefined, Q: undefined, G: 'global' },
    ],
    [
      'what stands below a sure match does not matter',
      'system("A") { hosts { host(LOCAL_HOST) } item("P", "a") } system("B") { hosts { host(ME) } item("P", "b") }',
      { P: 'a', G: 'global' },
    ],
  ])('takes %s', (_, systems, expected) => {
    expect(inForce(systems)).toEqual(expected);
  });

  it('takes the environment over all, and does not know what is encrypted', () => {
    const env = {
      GENESIS_SYSDEF_P: 'env',
      GENESIS_SYSDEF_ENCRYPTED_G: '6913ab',
      GENESIS_SYSDEF_: 'x',
      P: 'y',
      PATH: 'z',
    };
    expect(inForce('system("A") { hosts { host(LOCAL_HOST) } item("P", "a") }', env)).toEqual({
      P: 'env',
      G: undefined,
      '': 'x',
    });
  });

  it('takes the environment alone without a definition', () => {
    const env = new Map([['GENESIS_SYSDEF_DaemonHealthPort', '4570']]);
    expect(itemsInForce(undefined, 'here', env)).toEqual(new Map([['DAEMONHEALTHPORT', '4570']]));
  });
});
