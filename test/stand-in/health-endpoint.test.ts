import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { ask, openConnection, startNode } from './sockets.ts';

const ROW = { PROCESS_NAME: 'A', STATUS: 'UP', MESSAGE: '', PORT: 0 };
const ONE_PROCESS = { processes: [{ name: 'A', port: 0 }] };

async function startWithBody() {
  const node = await startNode(ONE_PROCESS);
  return { node, body: JSON.stringify([{ ...ROW, PORT: node.truthOf('A').port }]) };
}

describe('the health endpoint', () => {
  it('answers a plain HTTP client with JSON', async () => {
    const { node, body } = await startWithBody();
    const response = await fetch(node.healthUrl);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(body);
  });

  it.each([
    'GET /',
    'GET /health',
    'GET /health/status/',
    'GET /health/status?a=1',
    'POST /health/status',
    'HEAD /health/status',
  ])('answers 404 to %s, in any mode that answers', async (requestLine) => {
    const { node } = await startWithBody();
    await node.setHealth({ kind: 'answer', statusCode: 200 });
    expect((await ask(node.healthUrl, 3_000, requestLine)).head).toMatch(/^HTTP\/1.1 404 /);
  });

  it('counts requests, connects and open connections', async () => {
    const { node } = await startWithBody();
    await ask(node.healthUrl);
    await ask(node.healthUrl, 3_000, 'GET /other');
    await openConnection(Number(new URL(node.healthUrl).port));
    await vi.waitFor(() => expect(node.healthCounts).toEqual({ requests: 2, connects: 3, open: 1, resets: 0 }));
  });
});

describe('the modes of the health endpoint', () => {
  it('hang: accepts the request and says nothing', async () => {
    const { node } = await startWithBody();
    await node.setHealth({ kind: 'hang' });
    expect(await ask(node.healthUrl, 60)).toMatchObject({ ending: 'silence', head: '', body: '' });
    expect(node.healthCounts.requests).toBe(1);
  });

  it('hang-mid-body: sends the head and half of the body, and no more', async () => {
    const { node, body } = await startWithBody();
    await node.setHealth({ kind: 'hang-mid-body' });
    const heard = await ask(node.healthUrl, 60);
    expect(heard).toMatchObject({ ending: 'silence', body: body.slice(0, Math.ceil(body.length / 2)) });
    expect(heard.head).toContain(`Content-Length: ${body.length}`);
  });

  it('slow: answers as things are when the delay is over', async () => {
    const { node, body } = await startWithBody();
    await node.setHealth({ kind: 'slow', delayMs: 60 });
    const asked = ask(node.healthUrl);
    await vi.waitFor(() => expect(node.healthCounts.requests).toBe(1), { interval: 5 });
    node.setStatus('A', 'DOWN');
    const heard = await asked;
    expect(heard).toMatchObject({ ending: 'fin', body: body.replace('UP', 'DOWN') });
    expect(heard.head).toMatch(/^HTTP\/1.1 503 /);
    expect(heard.durationMs).toBeGreaterThan(50);
  });

  it('trickle: sends all, piece by piece', async () => {
    const { node, body } = await startWithBody();
    await node.setHealth({ kind: 'trickle', chunkBytes: 7, delayMs: 5 });
    const heard = await ask(node.healthUrl);
    expect(heard).toMatchObject({ ending: 'fin', body });
    expect(heard.durationMs).toBeGreaterThan((body.length / 7) * 4);
  });

  it('cut: promises the whole length, sends half and closes', async () => {
    const { node, body } = await startWithBody();
    await node.setHealth({ kind: 'cut' });
    const heard = await ask(node.healthUrl);
    expect(heard).toMatchObject({ ending: 'fin', body: body.slice(0, Math.ceil(body.length / 2)) });
    expect(heard.head).toContain(`Content-Length: ${body.length}`);
  });

  it('reset: resets the connection instead of answering', async () => {
    const { node } = await startWithBody();
    await node.setHealth({ kind: 'reset' });
    expect(await ask(node.healthUrl)).toMatchObject({ ending: 'reset', head: '' });
  });

  it('garbage: says JSON and sends none', async () => {
    const { node } = await startWithBody();
    await node.setHealth({ kind: 'garbage' });
    const heard = await ask(node.healthUrl);
    expect(heard.head).toMatch(/^HTTP\/1.1 200 .*application\/json/s);
    expect(heard.body).toContain('PROCESS_NAME');
    expect(() => JSON.parse(heard.body)).toThrow(SyntaxError);
  });

  it('html: sends a web page', async () => {
    const { node } = await startWithBody();
    await node.setHealth({ kind: 'html' });
    const heard = await ask(node.healthUrl);
    expect(heard.head).toMatch(/^HTTP\/1.1 200 .*text\/html/s);
    expect(heard.body).toMatch(/^<!DOCTYPE html>/);
  });

  it.each([
    { what: 'another code', change: { statusCode: 503 }, head: /^HTTP\/1.1 503 /, body: undefined },
    { what: 'a code without meaning', change: { statusCode: 599 }, head: /^HTTP\/1.1 599 /, body: undefined },
    {
      what: 'a redirect',
      change: { statusCode: 302, headers: { Location: '/x' } },
      head: /Location: \/x/,
      body: undefined,
    },
    {
      what: 'another type',
      change: { headers: { 'Content-Type': 'a/b' } },
      head: /200 .*Content-Type: a\/b/s,
      body: undefined,
    },
    { what: 'another body', change: { body: '{"a":1}' }, head: /200 .*Content-Length: 7/s, body: '{"a":1}' },
    { what: 'an empty body', change: { body: '' }, head: /200 .*Content-Length: 0/s, body: '' },
    { what: 'bytes', change: { body: Buffer.from('é') }, head: /Content-Length: 2/, body: 'é' },
    {
      what: 'a huge body',
      change: { body: 'x'.repeat(3_000_000) },
      head: /Content-Length: 3000000/,
      body: 'x'.repeat(3_000_000),
    },
  ])('answer: gives $what', async ({ change, head, body }) => {
    const { node, body: normalBody } = await startWithBody();
    await node.setHealth({ kind: 'answer', ...change });
    const heard = await ask(node.healthUrl);
    expect(heard.head).toMatch(head);
    expect(heard.body === (body ?? normalBody)).toBe(true);
  });

  it('gone: ends open connections, refuses new ones, and comes back on the same port', async () => {
    const { node, body } = await startWithBody();
    const url = node.healthUrl;
    await openConnection(Number(new URL(url).port));
    await vi.waitFor(() => expect(node.healthCounts.open).toBe(1));
    await node.setHealth({ kind: 'gone' });
    expect(node.healthCounts.open).toBe(0);
    expect((await ask(url)).ending).toBe('refused');
    await node.setHealth({ kind: 'normal' });
    expect(node.healthUrl).toBe(url);
    expect((await ask(url)).body).toBe(body);
  });

  it('takes the last of several changes made at once', async () => {
    const { node, body } = await startWithBody();
    await Promise.all([
      node.setHealth({ kind: 'gone' }),
      node.setHealth({ kind: 'normal' }),
      node.setHealth({ kind: 'gone' }),
    ]);
    expect((await ask(node.healthUrl)).ending).toBe('refused');
    await Promise.all([
      node.setHealth({ kind: 'hang' }),
      node.setHealth({ kind: 'gone' }),
      node.setHealth({ kind: 'normal' }),
    ]);
    expect((await ask(node.healthUrl)).body).toBe(body);
  });

  it('leaves a request that hangs alone when the mode changes', async () => {
    const { node, body } = await startWithBody();
    await node.setHealth({ kind: 'hang' });
    const hung = ask(node.healthUrl, 100);
    await vi.waitFor(() => expect(node.healthCounts.requests).toBe(1), { interval: 5 });
    await node.setHealth({ kind: 'normal' });
    expect((await ask(node.healthUrl)).body).toBe(body);
    expect(await hung).toMatchObject({ ending: 'silence', head: '' });
  });

  it('rejects when its port was taken while it was gone, and returns once it is free', async () => {
    const { node, body } = await startWithBody();
    await node.setHealth({ kind: 'gone' });
    const squatter = createServer();
    await new Promise<void>((resolve) => {
      squatter.listen(Number(new URL(node.healthUrl).port), '127.0.0.1', resolve);
    });
    await expect(node.setHealth({ kind: 'normal' })).rejects.toThrow(
      /^the health endpoint cannot listen on .* is taken$/,
    );
    await new Promise((resolve) => {
      squatter.close(resolve);
    });
    await node.setHealth({ kind: 'normal' });
    expect((await ask(node.healthUrl)).body).toBe(body);
  });
});
