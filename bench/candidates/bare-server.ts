import { createBareServer } from '../bare.ts';
import { endWithParent, sayUrl } from './say.ts';

// The limit for serving. Its argument is a file of `Ready`.
endWithParent();
const server = createBareServer(process.argv[2] ?? '');
server.listen(0, '127.0.0.1', () => sayUrl(server));
