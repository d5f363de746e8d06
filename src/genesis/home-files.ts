/** The files of a Genesis home that are read, as paths below it with `/`; of each kind the one to be believed first stands first. */
export interface HomeFiles {
  readonly processes: readonly string[];
  readonly services: readonly string[];
  readonly systemDefinition: string | undefined;
}

const PROCESSES = /-processes\.xml$/;
const SERVICES = /-service-definitions\.xml$/;
const SYSTEM_DEFINITION = 'genesis-system-definition.kts';

/** What `genesisInstall` merges, and what the platform itself goes by. */
const GENERATED = 'generated/cfg/';
const GENERATED_PROCESSES = `${GENERATED}processes.xml`;
const GENERATED_SERVICES = `${GENERATED}global-service-definitions.xml`;

/** Whether a path below a Genesis home is of a file that may be read: in a `cfg` folder and of a known name. */
export function isHomeFile(path: string): boolean {
  if (path === GENERATED_PROCESSES || path === GENERATED_SERVICES || path === GENERATED + SYSTEM_DEFINITION)
    return true;
  if (/(?:^|\/)(?:generated|src\/test)\//.test(path)) return false;
  const name = baseName(path);
  if (!/(?:^|\/)cfg\/[^/]+$/.test(path)) return false;
  return PROCESSES.test(name) || SERVICES.test(name) || name === SYSTEM_DEFINITION;
}

/** Chooses among the files that a home has: merged ones where there, else source files, of one name those that are site-specific. */
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

/** Site-specific files stand first and drop all others of their name; the rest goes by depth, then by path. */
function siteSpecificFirst(paths: readonly string[]): readonly string[] {
  const sorted = paths.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  const site = sorted.filter(isSiteSpecific);
  const replaced = new Set(site.map(baseName));
  return [...site, ...sorted.filter((path) => !isSiteSpecific(path) && !replaced.has(baseName(path)))];
}

/** In a home the folder is `site-specific`, in the projects of old templates a module `<app>-site-specific`. */
function isSiteSpecific(path: string): boolean {
  return path.split('/').some((folder) => folder === 'site-specific' || folder.endsWith('-site-specific'));
}

function depth(path: string): number {
  return path.split('/').length;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
