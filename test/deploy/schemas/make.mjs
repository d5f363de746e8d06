// Makes the schemas beside it anew; README.md tells where its two arguments come from. Changes no rule: leaves out descriptions, other kinds,
// and what JSON Schema does not know, and lets no unknown key through.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [strictFolder, ...crdFiles] = process.argv.slice(2);
const DEFINITIONS = JSON.parse(readFileSync(`${strictFolder}/_definitions.json`, 'utf8')).$defs;
const CORE = [
  'apps.v1.Deployment',
  'apps.v1.StatefulSet',
  'core.v1.ConfigMap',
  'core.v1.PersistentVolumeClaim',
  'core.v1.Pod',
  'core.v1.Secret',
  'core.v1.Service',
  'core.v1.ServiceAccount',
  'networking.v1.Ingress',
  'networking.v1.NetworkPolicy',
  'policy.v1.PodDisruptionBudget',
];

for (const name of CORE) {
  const [group, version, kind] = name.split('.');
  const prefix = group === 'core' ? '' : `${group}-`;
  const definitions = reachable(`io.k8s.api.${name}`);
  write(`${kind}-${prefix}${version}`, { $ref: `#/definitions/io.k8s.api.${name}`, definitions });
}
for (const file of crdFiles) {
  const { group, names, versions } = parse(readFileSync(file, 'utf8')).spec;
  const { name, schema } = versions.find(({ storage }) => storage);
  // The Kubernetes API has these two in every object.
  const { apiVersion, kind, spec } = schema.openAPIV3Schema.properties;
  const all = { apiVersion, kind, metadata: { type: 'object' }, spec };
  write(
    `${names.kind}-${group.split('.', 1)}-${name}`,
    strict({ type: 'object', required: ['spec'], properties: all }),
  );
}

function reachable(name, found = {}) {
  if (found[name] !== undefined) return found;
  found[name] = tidy(DEFINITIONS[name]);
  for (const [, next] of JSON.stringify(found[name]).matchAll(/#\/definitions\/([^"]+)/g)) reachable(next, found);
  return found;
}

/** Without descriptions; references lead into the same file. */
function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, one]) => !(key === 'description' && typeof one === 'string'));
  return Object.fromEntries(
    kept
      .filter(([key]) => !key.startsWith('x-kubernetes-'))
      .map(([key, one]) =>
        key === '$ref' ? [key, one.replace(/^.*#\/\$defs\//, '#/definitions/')] : [key, tidy(one)],
      ),
  );
}

function strict(value) {
  const tidied = tidy(value);
  const visit = (schema) => {
    if (typeof schema !== 'object' || schema === null) return;
    if (typeof schema.properties === 'object' && schema.type === 'object') schema.additionalProperties ??= false;
    for (const one of Object.values(schema)) visit(one);
  };
  visit(tidied);
  return tidied;
}

function write(name, schema) {
  writeFileSync(`${import.meta.dirname}/${name.toLowerCase()}.json`, `${JSON.stringify(schema)}\n`);
}
