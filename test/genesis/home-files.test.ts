import { describe, expect, it } from 'vitest';
import { chooseHomeFiles, isHomeFile } from '../../src/genesis/home-files.ts';

describe('isHomeFile', () => {
  it.each([
    'generated/cfg/processes.xml',
    'generated/cfg/global-service-definitions.xml',
    'generated/cfg/genesis-system-definition.kts',
    'cfg/trading-processes.xml',
    'genesis/cfg/genesis-processes.xml',
    'site-specific/cfg/auth-service-definitions.xml',
    'server/trading-app/src/main/genesis/cfg/genesis-system-definition.kts',
    'test/cfg/test-processes.xml',
  ])('knows %s', (path) => {
    expect(isHomeFile(path)).toBe(true);
  });

  it.each([
    '',
    'trading-processes.xml',
    'genesis/cfg/processes.xml',
    'genesis/cfg/old/genesis-processes.xml',
    'genesis/notcfg/genesis-processes.xml',
    'genesis/cfg/genesis-processes.xml.bak',
    'genesis/cfg/trading-system-definition.kts',
    'generated/cfg/trading-processes.xml',
    'run/generated/cfg/global-service-definitions.xml',
    'server/app/src/test/cfg/test-processes.xml',
  ])('does not know %j', (path) => {
    expect(isHomeFile(path)).toBe(false);
  });
});

describe('chooseHomeFiles', () => {
  it.each([
    ['nothing of nothing', [], { processes: [], services: [], systemDefinition: undefined }],
    [
      'the merged files alone',
      [
        'a/cfg/a-processes.xml',
        'generated/cfg/processes.xml',
        'generated/cfg/global-service-definitions.xml',
        'a/cfg/a-service-definitions.xml',
      ],
      {
        processes: ['generated/cfg/processes.xml'],
        services: ['generated/cfg/global-service-definitions.xml'],
        systemDefinition: undefined,
      },
    ],
    [
      'source files for a merged one that is missing',
      ['generated/cfg/processes.xml', 'a/cfg/a-processes.xml', 'a/cfg/a-service-definitions.xml'],
      {
        processes: ['generated/cfg/processes.xml'],
        services: ['a/cfg/a-service-definitions.xml'],
        systemDefinition: undefined,
      },
    ],
    [
      'site-specific files first and instead of others of their name',
      ['b/cfg/b-processes.xml', 'a/cfg/a-processes.xml', 'site-specific/cfg/b-processes.xml'],
      {
        processes: ['site-specific/cfg/b-processes.xml', 'a/cfg/a-processes.xml'],
        services: [],
        systemDefinition: undefined,
      },
    ],
    [
      'the site-specific module of an old project',
      ['cfg/x-processes.xml', 'server/jvm/app-site-specific/src/main/resources/cfg/x-processes.xml'],
      {
        processes: ['server/jvm/app-site-specific/src/main/resources/cfg/x-processes.xml'],
        services: [],
        systemDefinition: undefined,
      },
    ],
    [
      'near files before far ones, else by path',
      ['b/cfg/b-processes.xml', 'x/y/cfg/a-processes.xml', 'a/cfg/z-processes.xml', 'c/cfg/z-processes.xml'],
      {
        processes: [
          'a/cfg/z-processes.xml',
          'b/cfg/b-processes.xml',
          'c/cfg/z-processes.xml',
          'x/y/cfg/a-processes.xml',
        ],
        services: [],
        systemDefinition: undefined,
      },
    ],
    [
      'the generated system definition before the site-specific one',
      [
        'cfg/genesis-system-definition.kts',
        'site-specific/cfg/genesis-system-definition.kts',
        'generated/cfg/genesis-system-definition.kts',
      ],
      { processes: [], services: [], systemDefinition: 'generated/cfg/genesis-system-definition.kts' },
    ],
    [
      'the site-specific system definition before others',
      ['cfg/genesis-system-definition.kts', 'site-specific/cfg/genesis-system-definition.kts'],
      { processes: [], services: [], systemDefinition: 'site-specific/cfg/genesis-system-definition.kts' },
    ],
  ])('chooses %s', (_, paths, expected) => {
    expect(chooseHomeFiles(paths)).toEqual(expected);
  });
});
