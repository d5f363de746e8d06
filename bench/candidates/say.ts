import type { Server } from 'node:net';

/** Says where a server listens, which is what the bench waits for. */
export function sayUrl(server: Server): void {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  console.log(`http://${address.address}:${address.port}`);
}

/** Ends the program together with the bench that started it. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit());
}
