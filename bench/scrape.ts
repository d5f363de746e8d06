import { get } from 'node:http';

/** Scrapes as Prometheus does, compressed and on a new connection; gives the bytes that came. */
export function scrape(origin: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip' };
    get(`${origin}/metrics`, { headers, agent: false }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** The value of a series without labels on a page of metrics. */
export async function readCounter(origin: string, name: string): Promise<number> {
  const page = await (await fetch(`${origin}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(page)?.[1]);
}
