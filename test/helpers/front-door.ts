import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { poll } from './exporter-process.ts';
import { freePort } from './prometheus-server.ts';

const DOCS = readFileSync(new URL('../../docs/front-doors.md', import.meta.url), 'utf8');
const TLS = new URL('../fixtures/tls/', import.meta.url);

/** What a proxy does with the path. */
export type PathHandling = 'kept' | 'stripped';

/** The configurations of the docs for one proxy. */
function fromDocs(language: 'nginx' | 'haproxy', handling: PathHandling): string {
  const blocks = [...DOCS.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text);
  const [kept, stripped] = blocks;
  const found = handling === 'kept' ? kept : stripped;
  if (found === undefined || blocks.length !== 2)
    throw new Error(`docs/front-doors.md has no ${language} for a path that is ${handling}`);
  return found;
}

/** Starts a proxy of Debian with its configuration from the docs and TLS in front of the exporter; gives `https://127.0.0.1:PORT`. */
export async function startFrontDoor(
  program: 'nginx' | 'haproxy',
  handling: PathHandling,
  exporterUrl: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-'));
  const port = await freePort();
  const pem = join(folder, 'ops.pem');
  const [cert, key] = ['server.pem', 'server.key'].map((name) => readFileSync(new URL(name, TLS), 'utf8'));
  writeFileSync(pem, `${cert}${key}`);
  const text = fromDocs(program, handling).replaceAll('127.0.0.1:14569', new URL(exporterUrl).host);
  const file = join(folder, 'proxy.conf');
  writeFileSync(file, program === 'nginx' ? nginxFile(text, folder, port, pem) : haproxyFile(text, port, pem));
  const args = program === 'nginx' ? ['-p', folder, '-c', file] : ['-db', '-f', file];
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const { connect } = await import('node:net');
  await poll(async () => {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    return isOpen || undefined;
  });
  return `https://127.0.0.1:${port}`;
}

function nginxFile(location: string, folder: string, port: number, pem: string): string {
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `${user}
daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}
http {
  access_log off; proxy_temp_path ${folder}; client_body_temp_path ${folder};
  server { listen 127.0.0.1:${port} ssl; ssl_certificate ${pem}; ssl_certificate_key ${pem};
${location} }
}`;
}

function haproxyFile(sections: string, port: number, pem: string): string {
  return `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
${sections.replace('127.0.0.1:8443', `127.0.0.1:${port}`).replace('/etc/haproxy/ops.pem', pem)}`;
}
