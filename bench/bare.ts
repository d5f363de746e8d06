import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';

/** One answer that is sent again and again. */
export interface Ready {
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly bodyFile: string;
}

/** The limit for serving: node:http with ready bytes and ready headers, those of a file of `Ready`; not yet listening. */
export function createBareServer(readyFile: string): Server {
  const answers = new Map<string, { readonly headers: string[]; readonly body: Buffer }>();
  const readies: readonly Ready[] = JSON.parse(readFileSync(readyFile, 'utf8'));
  for (const { path, headers, bodyFile } of readies)
    answers.set(path, { headers: [...headers], body: readFileSync(bodyFile) });

  return createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    response.writeHead(answer === undefined ? 404 : 200, answer?.headers);
    response.end(answer?.body);
  });
}
