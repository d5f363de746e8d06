/** A structured log: data in the object, a fixed message. */
export type LogMethod = (data: object, message: string) => void;

/** The levels in use. */
export interface Log {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}
