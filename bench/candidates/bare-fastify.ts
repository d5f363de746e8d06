import Fastify from 'fastify';
import { endWithParent, sayUrl } from './say.ts';

endWithParent();
const app = Fastify();
app.get('/', async () => 'ok\n');
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) });
sayUrl(app.server);
