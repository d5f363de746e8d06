import { runTool } from '../helpers/promtool.ts';
import { ROOT } from './manifests.ts';

const LOCATION = `${ROOT}test/deploy/schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json`;

/** What kubeconform finds wrong with manifests by the published schemas in `schemas/`; a kind without a schema is a fault. */
export function faultsBySchemas(manifests: string): string {
  const { output, status } = runTool('kubeconform', ['-strict', '-schema-location', LOCATION], manifests);
  return status === 0 ? output : output || `exit ${status}`;
}
