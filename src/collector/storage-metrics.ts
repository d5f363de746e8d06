import { Counter, Gauge, type Registry } from 'prom-client';

/** How the database does. Times are wall-clock milliseconds; undefined is what is not known yet. */
export interface StorageFigures {
  readonly lastWriteSuccessful: boolean | undefined;
  readonly lastWriteAtMs: number | undefined;
  readonly sizeBytes: number | undefined;
  readonly droppedRecords: number;
}

/** Adds the metrics of the database. Without one only `genesis_exporter_storage_enabled` has a value. */
export function registerStorageMetrics(registers: Registry[], figures: () => StorageFigures | undefined): void {
  function gauge(name: string, help: string, value: (storage: StorageFigures) => number | undefined): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.remove();
        const storage = figures();
        const known = storage && value(storage);
        if (known !== undefined) this.set(known);
      },
    });
  }

  new Gauge({
    name: 'genesis_exporter_storage_enabled',
    help: 'Whether memory outlives the exporter in a database (--storage.path), 1 or 0.',
    registers,
    collect() {
      this.set(figures() === undefined ? 0 : 1);
    },
  });
  gauge(
    'genesis_exporter_storage_last_write_successful',
    'Whether the last write to the database succeeded, 1 or 0.',
    ({ lastWriteSuccessful }) => (lastWriteSuccessful === undefined ? undefined : Number(lastWriteSuccessful)),
  );
  gauge(
    'genesis_exporter_storage_last_write_success_timestamp_seconds',
    'When the database was last written successfully, seconds since the epoch.',
    ({ lastWriteAtMs }) => (lastWriteAtMs === undefined ? undefined : lastWriteAtMs / 1000),
  );
  gauge(
    'genesis_exporter_storage_size_bytes',
    'Size of the database and its write-ahead log on disk.',
    ({ sizeBytes }) => sizeBytes,
  );
  let counted = 0;
  new Counter({
    name: 'genesis_exporter_storage_dropped_records_total',
    help: 'Records of history that were dropped because the disk was too slow for them.',
    registers,
    collect() {
      const storage = figures();
      if (storage === undefined) {
        this.remove();
        return;
      }
      this.inc(storage.droppedRecords - counted);
      counted = storage.droppedRecords;
    },
  });
}
