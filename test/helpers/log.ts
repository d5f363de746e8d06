import type { Log } from '../../src/domain/log.ts';

/** One line as it was logged. */
export interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly data: object;
}

/** A log that keeps its lines. */
export function createMemoryLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const method = (level: keyof Log) => (data: object, message: string) => void lines.push({ level, message, data });
  return { lines, debug: method('debug'), info: method('info'), warn: method('warn'), error: method('error') };
}
