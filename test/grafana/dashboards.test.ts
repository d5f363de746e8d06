import { describe, expect, it } from 'vitest';
import { DASHBOARDS } from '../../grafana/src/dashboards.ts';
import { TAG, UIDS } from '../../grafana/src/links.ts';
import { panelsOf, readDashboards } from './read-dashboards.ts';

const FILES = readDashboards();
const EACH = FILES.map((dashboard) => [dashboard.title, dashboard] as const);

it('commits these dashboards and no others, under uids that stay', () => {
  expect(FILES).toHaveLength(Object.keys(DASHBOARDS).length);
  expect(FILES.map(({ uid }) => uid).toSorted()).toEqual(Object.values(UIDS).toSorted());
  expect(Object.values(UIDS)).toEqual(['genesis-fleet', 'genesis-node', 'genesis-exporter']);
});

describe.each(EACH)('%s', (_, dashboard) => {
  it('carries the tag by which the dashboards find one another', () => {
    expect(dashboard.tags).toContain(TAG);
  });

  it('gives each panel an id and a title of its own', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    const titles = panelsOf(dashboard).map(({ title }) => title);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('lays its panels out without holes in a line, overlaps or overhang', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.get(`${x} ${y}`), `${title} at ${x} ${y}`).toBeUndefined();
          taken.set(`${x} ${y}`, title);
        }
      }
    }
    const height = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
    expect(taken.size).toBe(24 * height);
  });

  it('says of each panel first which question it answers', () => {
    for (const { title, description } of panelsOf(dashboard)) {
      expect(description, title).toMatch(/^[A-Z][^?.]+\?( [A-Z"].+\.)?$/);
    }
  });

  it('marks reloads, and status changes where there are processes', () => {
    const names = dashboard.annotations.list.map(({ name }) => name);
    expect(names).toContain('Reloads');
    expect(names.includes('Status changes')).toBe(dashboard.uid !== UIDS.exporter);
  });

  it('has the variables that its expressions need, and no other', () => {
    const wanted = dashboard.uid === UIDS.exporter ? [] : ['cluster', 'namespace', 'genesis_node', 'process'];
    const names = dashboard.templating.list.map(({ name }) => name);
    expect(names).toEqual(['datasource', 'job', 'instance', ...wanted]);
  });

  it('queries the chosen data source alone, and links to dashboards that there are', () => {
    const text = JSON.stringify(dashboard);
    const uids = [...text.matchAll(/"uid":"([^"]+)"/g)].map(([, uid]) => uid);
    expect(new Set(uids)).toEqual(new Set(['$datasource', dashboard.uid]));
    for (const [, uid] of text.matchAll(/"url":"\/d\/([\w-]+)/g)) expect(Object.values(UIDS)).toContain(uid);
  });
});

it('leads from the fleet to a node and to a process, and on the node to a process', () => {
  const [fleet, node] = [UIDS.fleet, UIDS.node].map((uid) => JSON.stringify(FILES.find((file) => file.uid === uid)));
  const toNode = /\/d\/genesis-node\?[^"]*var-genesis_node=\$\{[^}]+\}/;
  const toProcess = /\/d\/genesis-node\?[^"]*var-genesis_node=\$\{[^}]+\}&var-process=\$\{[^}]+\}/;
  expect(fleet).toMatch(toNode);
  expect(fleet).toMatch(toProcess);
  expect(node).toMatch(toProcess);
});

it('keeps namesakes apart: links and legends carry the namespace and the cluster of their own row or series', () => {
  const panels = FILES.flatMap(panelsOf).map((panel) => JSON.stringify(panel));
  const links = panels.flatMap(
    (panel) => panel.match(/var-genesis_node=\$\{__(?:data\.fields\.|field\.labels\.)[^"]*/g) ?? [],
  );
  const places =
    /var-cluster=\$\{(__[a-z.]+)\.cluster:percentencode\}&var-namespace=\$\{\1\.namespace:percentencode\}&var-genesis_node=/;
  expect(links.length).toBeGreaterThan(10);
  for (const panel of panels.filter((text) => /genesis_node=\$\{__(?:data\.fields\.|field)/.test(text)))
    expect(panel).toMatch(places);
  for (const panel of panels.filter((text) => text.includes('${__data.fields.genesis_node')))
    for (const [, names] of panel.matchAll(/"include":\{"names":\[([^\]]*)\]/g))
      expect(names?.split(',')).toEqual(expect.arrayContaining(['"namespace"', '"cluster"']));
  const legends = panels.flatMap((panel) => panel.match(/"legendFormat":"[^"]*genesis_node[^"]*/g) ?? []);
  expect(legends.length).toBeGreaterThan(5);
  for (const legend of legends) expect(legend).toContain('{{namespace}} {{cluster}}');
});
