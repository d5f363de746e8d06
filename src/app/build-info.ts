import { createRequire } from 'node:module';

/** Version and revision of this build. */
export interface BuildInfo {
  readonly version: string;
  /** The commit of the build; `unknown` if the build did not set it. */
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
