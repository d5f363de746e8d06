import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

function readYaml(path: string): unknown {
  return parse(readFileSync(new URL(`../../grafana/provisioning/${path}`, import.meta.url), 'utf8'));
}

it('provides the dashboards in one folder, where nobody can change or delete them', () => {
  expect(readYaml('dashboards/genesis.yml')).toEqual({
    apiVersion: 1,
    providers: [
      {
        name: 'genesis',
        type: 'file',
        folder: 'Genesis',
        folderUid: 'genesis',
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 30,
        options: { path: '/etc/grafana/dashboards/genesis', foldersFromFilesStructure: false },
      },
    ],
  });
});

it('provides one Prometheus, of an address that is given from outside and without secrets', () => {
  expect(readYaml('datasources/prometheus.yml')).toEqual({
    apiVersion: 1,
    datasources: [
      {
        name: 'Prometheus',
        uid: 'prometheus',
        type: 'prometheus',
        access: 'proxy',
        url: '$PROMETHEUS_URL',
        isDefault: true,
        editable: false,
        jsonData: { httpMethod: 'POST', timeInterval: '15s' },
      },
    ],
  });
});
