/** Writes a command's whole output to standard output, then ends the process. A reader that closes early is not an error. */
export function printAndExit(text: string, exitCode: number): Promise<never> {
  return new Promise(() => {
    process.stdout.once('error', () => process.exit(exitCode));
    process.stdout.write(text, () => process.exit(exitCode));
  });
}
