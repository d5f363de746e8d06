import { createBareServer } from './bare.ts';

// A bare server in the process of the program that is measured. The query of this module's URL names a file of `Ready`, which is
// read when the program is first asked; the answer is the port.
process.once('message', () => {
  const server = createBareServer(new URL(import.meta.url).searchParams.get('ready') ?? '');
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : undefined);
  });
  server.unref();
});
process.channel?.unref();
