/** Paths of the files to read, relative to the Genesis home. Within a kind the first file has precedence. */
export interface HomeFiles {
  readonly processes: readonly string[];
  readonly services: readonly string[];
  readonly systemDefinition: string | undefined;
}

const PROCESSES = /-processes\.xml$/;
const SERVICES = /-service-definitions\.xml$/;
const SYSTEM_DEFINITION = 'genesis-system-definition.kts';

/** Written by `genesisInstall`; the platform itself reads these. */
const GENERATED = 'generated/cfg/';
const GENERATED_PROCESSES = `${GENERATED}processes.xml`;
const GENERATED_SERVICES = `${GENERATED}global-service-definitions.xml`;

/** Whether a path below a Genesis home is a configuration file: a known name in a `cfg` folder. */
export function isHomeFile(path: string): boolean {
  if (path === GENERATED_PROCESSES || path === GENERATED_SERVICES || path === GENERATED + SYSTEM_DEFINITION)
    return true;
  if (/(?:^|\/)(?:generated|src\/test)\//.test(path)) return false;
  const name = baseName(path);
  if (!/(?:^|\/)cfg\/[^/]+$/.test(path)) return false;
  return PROCESSES.test(name) || SERVICES.test(name) || name === SYSTEM_DEFINITION;
}

/** Chooses among the files of a home: the merged files if there are any, else source files. Site-specific files win over others of the same name. */
export function chooseHomeFiles(paths: readonly string[]): HomeFiles {
  const sources = siteSpecificFirst(paths.filter((path) => !path.startsWith(GENERATED)));
  function choose(generated: string, pattern: RegExp): readonly string[] {
    return paths.includes(generated) ? [generated] : sources.filter((path) => pattern.test(path));
  }
  const definitions = [GENERATED + SYSTEM_DEFINITION, ...sources].filter((path) => paths.includes(path));
  return {
    processes: choose(GENERATED_PROCESSES, PROCESSES),
    services: choose(GENERATED_SERVICES, SERVICES),
    systemDefinition: definitions.find((path) => baseName(path) === SYSTEM_DEFINITION),
  };
}

/** Site-specific files come first and replace others of their name; the rest is ordered by depth, then by path. */
function siteSpecificFirst(paths: readonly string[]): readonly string[] {
  const sorted = paths.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const site = sorted.filter(isSiteSpecific);
  const replaced = new Set(site.map(baseName));
  return [...site, ...sorted.filter((path) => !isSiteSpecific(path) && !replaced.has(baseName(path)))];
}

/** The folder `site-specific` of a home, or the module `<app>-site-specific` in projects of older templates. */
function isSiteSpecific(path: string): boolean {
  return path.split('/').some((folder) => folder === 'site-specific' || folder.endsWith('-site-specific'));
}

function depth(path: string): number {
  return path.split('/').length;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
