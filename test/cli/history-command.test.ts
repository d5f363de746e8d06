import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';
import { UsageError } from '../../src/cli/options.ts';
import { runHistory } from '../../src/cli/run-history.ts';
import type { Config } from '../../src/config/settings.ts';
import type { SpanState, Subject } from '../../src/domain/history.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createWriter, type StoredRecord } from '../../src/storage/writer.ts';
import { parsed } from '../config/parsed.ts';
import { storageFolder } from '../helpers/storage-folder.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-26T22:00:00Z');
const WRITTEN = START + 60 * MINUTE;

function spanOf(subject: Subject, state: Exclude<SpanState, 'NOT_WATCHED'>, minutes: number): StoredRecord {
  const healthy = state === 'UP' || state === 'HEALTHY';
  const reason = healthy ? undefined : 'reported';
  const span = { ...subject, state, healthy, fromMs: START + minutes * MINUTE, message: healthy ? '' : 'gone' };
  return { kind: 'span', span: { ...span, reason: subject.process === undefined ? undefined : reason } };
}

let lastId = 0;

function eventOf(subject: Subject, from: SpanState, to: SpanState, minutes: number): StoredRecord {
  const event = { ...subject, kind: 'state', from, to, atMs: START + minutes * MINUTE, betweenMs: undefined } as const;
  lastId += 1;
  return { kind: 'event', event: { ...event, id: lastId, reason: undefined, message: 'a\nb' } };
}

/** A folder with an hour of two nodes: ROUTER of node `a` is DOWN from minute 10 to 20, and from 50 on. */
function database(): string {
  const folder = storageFolder();
  const opened = openDatabase(folder);
  const writer = createWriter(opened.connection, START);
  const [a, b] = [
    { node: 'a', process: undefined },
    { node: 'b', process: undefined },
  ];
  const router = { node: 'a', process: 'ROUTER' };
  const records = [
    ...[a, b].map((node) => spanOf(node, 'HEALTHY', 0)),
    ...[0, 10, 20, 50].map((minutes, index) => spanOf(router, index % 2 === 0 ? 'UP' : 'DOWN', minutes)),
    eventOf(router, 'UP', 'DOWN', 10),
    eventOf(router, 'DOWN', 'UP', 20),
    ...Array.from({ length: 1500 }, (_, index) => eventOf(b, 'HEALTHY', 'UNHEALTHY', index / 100)),
    eventOf(router, 'UP', 'DOWN', 50),
  ];
  writer.write(records, WRITTEN);
  opened.close();
  return folder;
}

/** What `genesis-exporter history` prints at a moment. */
function history(nowMs: number, ...args: readonly string[]): string {
  return historyWith(undefined, nowMs, ...args);
}

function historyWith(config: Config | undefined, nowMs: number, ...args: readonly string[]): string {
  const task = parseCommandLine(['history', '--from=2026-11-26T22:00:00Z', ...args], {}, '1.2.3');
  if (task.kind !== 'history') throw new Error(task.kind);
  return runHistory({ ...task.options, toMs: Math.min(task.options.toMs, nowMs) }, nowMs, config);
}

describe('genesis-exporter history', () => {
  it('prints availability, incidents and events', () => {
    const text = history(WRITTEN, `--storage.path=${database()}`, '--node=a');
    expect(text).toContain('a, 2026-11-26 22:00:00 UTC to 2026-11-26 23:00:00 UTC (1 h)');
    expect(text).toContain('  ROUTER: 66.66 % of 1 h watched');
    expect(text).toContain('  2026-11-26 22:50:00 UTC to goes on, 10 min: ROUTER DOWN');
    expect(text).toContain('Events: 3, the newest first\n  2026-11-26 22:50:00 UTC  ROUTER on a: UP → DOWN, goes on');
    expect(text).not.toContain('No exporter has written');
  });

  it('knows nothing of the time after the last write', () => {
    const text = history(WRITTEN + 60 * MINUTE, `--storage.path=${database()}`, '--node=a');
    expect(text).toContain(
      'No exporter has written since 2026-11-26 23:00:00 UTC (1 h ago): nothing is known from then on.',
    );
    expect(text).toContain('  the node: 100 % of 1 h watched; 1 h not watched');
    expect(text).toContain('ROUTER on a: UP → DOWN, for 10 min');
    expect(text).not.toContain('goes on');
  });

  it('prints all nodes as JSON, and all events however many', () => {
    const { nodes, events, writtenUntil } = JSON.parse(
      history(WRITTEN, `--storage.path=${database()}`, '--output=json'),
    );
    expect(writtenUntil).toBe('2026-11-26T23:00:00.000Z');
    expect(nodes.map(({ node }: { node: string }) => node)).toEqual(['a', 'b']);
    expect(new Set(events.map(({ id }: { id: number }) => id)).size).toBe(1503);
  });

  it('leaves the maintenance of the configuration out of availability', () => {
    const config = parsed(`
      nodes: [{name: a, address: 10.0.0.5, cluster: trading}]
      maintenance: [{name: m, from: 2026-11-26T22:10:00Z, to: 2026-11-26T22:20:00Z, clusters: [trading]}]`);
    const args = [`--storage.path=${database()}`, '--config.file=genesis.yml'];
    expect(historyWith(config, WRITTEN, ...args, '--node=a')).toContain(
      '  ROUTER: 80 % of 50 min watched; 10 min of maintenance left out',
    );
    const { nodes } = JSON.parse(historyWith(config, WRITTEN, ...args, '--output=json'));
    const [ofA, ofB] = nodes.map(({ subjects }: { subjects: { availability: object }[] }) => subjects[0]?.availability);
    expect(ofA).toMatchObject({ watchedSeconds: 3000, maintenanceSeconds: 600, ratio: 1 });
    // Only discovery would know the cluster of b.
    expect(ofB).toMatchObject({ watchedSeconds: 3600, maintenanceSeconds: null });
  });

  it('prints the events of a process as CSV', () => {
    const lines = history(WRITTEN, `--storage.path=${database()}`, '--process=ROUTER', '--output=csv').split('\r\n');
    expect(lines[0]).toBe('id,at,betweenFrom,betweenTo,node,process,kind,from,to,reason,message,durationSeconds');
    expect(lines).toHaveLength(5);
  });

  it.each([
    [['--storage.path=', '--node=a'], '--storage.path: expected the folder of the database'],
    [['--storage.path=x', '--from=yesterday'], 'or a duration before now such as 8h'],
    [['--storage.path=x', '--to=2026-11-26T22:00:00Z'], '--from: expected a time before --to'],
    [['--storage.path=x', '--output=xml'], 'Allowed choices are table, json, csv'],
  ])('refuses %j', (args, problem) => {
    expect(() => history(WRITTEN, ...args)).toThrow(UsageError);
    expect(() => history(WRITTEN, ...args)).toThrow(problem);
  });

  it('says which node was probably meant, and which folder has no database', () => {
    const folder = database();
    expect(() => history(WRITTEN, `--storage.path=${folder}`, '--node=aa')).toThrow(
      /no history of aa; did you mean a\?/,
    );
    expect(() => history(WRITTEN, '--storage.path=/nowhere')).toThrow('/nowhere has no genesis-exporter.db');
    expect(existsSync('/nowhere')).toBe(false);
  });
});
