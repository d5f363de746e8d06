import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { formatLogfmt } from '../domain/logfmt.ts';

/** The levels that `--log.level` takes. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** The formats that `--log.format` takes. */
export const LOG_FORMATS = ['json', 'logfmt', 'pretty'] as const;

/** How the log is written. */
export interface LogOptions {
  readonly level: (typeof LOG_LEVELS)[number];
  readonly format: (typeof LOG_FORMATS)[number];
}

/** A log on standard error, written at once so that the last lines before an exit are there too. */
export async function createLogger({ level, format }: LogOptions): Promise<Logger> {
  const stream = await createStream(format);
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level, formatters, base: null, timestamp: stdTimeFunctions.isoTime }, stream);
}

async function createStream(format: LogOptions['format']): Promise<DestinationStream> {
  if (format === 'pretty') {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', singleLine: true });
  }
  const stream = destination({ dest: 2, sync: true });
  if (format === 'json') return stream;
  return { write: (line) => void stream.write(`${formatLogfmt(JSON.parse(line))}\n`) };
}
