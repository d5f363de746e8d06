import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { endWithParent, sayUrl } from './say.ts';

/** The limit for serving: node:http with ready bytes and ready headers. Its argument is a file of `Ready`. */
export interface Ready {
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly bodyFile: string;
}

endWithParent();
const answers = new Map<string, { readonly headers: string[]; readonly body: Buffer }>();
const readies: readonly Ready[] = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
for (const { path, headers, bodyFile } of readies)
  answers.set(path, { headers: [...headers], body: readFileSync(bodyFile) });

const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '');
  response.writeHead(answer === undefined ? 404 : 200, answer?.headers);
  response.end(answer?.body);
});
server.listen(0, '127.0.0.1', () => sayUrl(server));
