import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';

/** The levels that `--log.level` takes. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** The formats that `--log.format` takes. */
export const LOG_FORMATS = ['json', 'pretty'] as const;

/** How the log is written. */
export interface LogOptions {
  readonly level: (typeof LOG_LEVELS)[number];
  readonly format: (typeof LOG_FORMATS)[number];
}

/** A log on standard error, written at once so that the last lines before an exit are there too. */
export async function createLogger({ level, format }: LogOptions): Promise<Logger> {
  const stream: DestinationStream = format === 'pretty' ? await prettyStream() : destination({ dest: 2, sync: true });
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level, formatters, base: null, timestamp: stdTimeFunctions.isoTime }, stream);
}

async function prettyStream(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', singleLine: true });
}
