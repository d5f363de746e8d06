import { createRequire } from 'node:module';

/** What this build is. */
export interface BuildInfo {
  readonly version: string;
  /** The commit it was made from; `unknown` when nobody said. */
  readonly revision: string;
  readonly nodejsVersion: string;
}

/** The version in the package.json above the folder of `mainUrl`, and the revision that the image's environment names. */
export function readBuildInfo(mainUrl: string, env: NodeJS.ProcessEnv, nodejsVersion: string): BuildInfo {
  const manifest: unknown = createRequire(mainUrl)('../package.json');
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return {
    version: hasVersion ? String(manifest.version) : 'unknown',
    revision: env['GENESIS_EXPORTER_REVISION'] || 'unknown',
    nodejsVersion,
  };
}
