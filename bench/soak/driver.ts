import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ExporterProcess, startExporter } from './exporter-process.ts';
import type { Member } from './member.ts';
import { soakConfig } from './soak-config.ts';

/** The exporter of a soak, through reloads and deaths. */
export interface Driver {
  /** How many times it was started. */
  readonly lives: number;
  readonly startedMs: number;
  readonly url: string;
  readonly pid: number;
  /** Goes up when the exporter or its configuration begins to change, and again when that is done: odd meanwhile. */
  readonly changes: number;
  /** Rejects when the exporter ends by itself. */
  readonly died: Promise<never>;
  /** The nodes that are configured. */
  configured(): readonly Member[];
  /** Puts these nodes into the configuration; those in `edited` as changed ones. */
  reload(members: readonly Member[], edited?: readonly Member[]): Promise<void>;
  /** Breaks the configuration, and has that refused; then mends it. */
  reloadBroken(): Promise<void>;
  /** Ends the exporter by `kill -9` and starts it again. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
}

const RELOADED = 'configuration reloaded';
const REFUSED = 'configuration not reloaded';

/** Starts the exporter on these nodes, with its configuration in `folder`. */
export async function startDriver(
  folder: string,
  port: number,
  first: readonly Member[],
  env: Readonly<Record<string, string>>,
): Promise<Driver> {
  const configFile = join(folder, 'genesis.yml');
  const editions = new Map<Member, number>();
  let members = first;
  let changes = 0;
  let lives = 0;
  let startedMs = 0;
  let isEnding = false;
  let reportDeath: (error: Error) => void = () => undefined;
  const died = new Promise<never>((_, reject) => {
    reportDeath = reject;
  });

  /** Moved into place, so that no half of it can be read. */
  function write(text: string): void {
    writeFileSync(`${configFile}.new`, text);
    renameSync(`${configFile}.new`, configFile);
  }

  function configText(): string {
    return soakConfig(
      members.map((member) => ({
        name: member.name,
        healthUrl: member.healthUrl,
        declaredPorts: new Map(member.isDeclared ? member.node.processes.map(({ name, port: at }) => [name, at]) : []),
        edition: editions.get(member) ?? 0,
      })),
    );
  }

  async function start(): Promise<ExporterProcess> {
    const started = await startExporter(configFile, join(folder, 'storage'), port, env);
    started.ended.then(() => {
      if (!isEnding) reportDeath(new Error('the exporter ended by itself'));
    });
    lives += 1;
    startedMs = performance.now();
    for (const member of members) member.know(startedMs);
    return started;
  }

  /** Nothing that is asked for while `work` goes on is judged by which nodes there are. */
  async function changing(work: () => Promise<void>): Promise<void> {
    changes += 1;
    await work();
    changes += 1;
  }

  async function signal(expected: string): Promise<void> {
    const answered = exporter.logged([RELOADED, REFUSED]);
    exporter.kill('SIGHUP');
    const said = await answered;
    if (said !== expected) throw new Error(`a reload brought "${said}" instead of "${expected}"`);
  }

  function reload(next: readonly Member[], edited: readonly Member[] = []): Promise<void> {
    return changing(async () => {
      const before = members;
      for (const member of before) if (!next.includes(member)) member.forget();
      for (const member of edited) editions.set(member, (editions.get(member) ?? 0) + 1);
      members = next;
      write(configText());
      await signal(RELOADED);
      for (const member of next) if (!before.includes(member)) member.know(performance.now());
    });
  }

  async function reloadBroken(): Promise<void> {
    write(`${configText()}\ncolour: red`);
    await signal(REFUSED);
    write(configText());
  }

  async function end(): Promise<void> {
    isEnding = true;
    exporter.kill('SIGKILL');
    await exporter.ended;
    isEnding = false;
  }

  write(configText());
  let exporter = await start();
  return {
    died,
    get lives() {
      return lives;
    },
    get startedMs() {
      return startedMs;
    },
    get url() {
      return exporter.url;
    },
    get pid() {
      return exporter.pid;
    },
    get changes() {
      return changes;
    },
    configured: () => members,
    reload,
    reloadBroken,
    killAndStart: () =>
      changing(async () => {
        for (const member of members) member.die(performance.now());
        await end();
        for (const member of members) member.beginLife();
        exporter = await start();
      }),
    stop: end,
  };
}
