/** Writes all that a command has to say to standard output, then ends the process; it is no error when nobody reads it to its end. */
export function printAndExit(text: string, exitCode: number): Promise<never> {
  return new Promise(() => {
    process.stdout.once('error', () => process.exit(exitCode));
    process.stdout.write(text, () => process.exit(exitCode));
  });
}
