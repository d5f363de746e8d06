import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from '../../src/http/security-headers.ts';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { webAccess } from '../helpers/web.ts';

closeAppsAfterEach();

const CONFIGURED = { 'x-frame-options': 'sameorigin', 'strict-transport-security': 'max-age=5' };

async function rawAnswer(port: number, request: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.end(request);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe.each([
  ['without a web configuration', undefined, SECURITY_HEADERS],
  ['with one that has headers', webAccess({ headers: CONFIGURED }), { ...SECURITY_HEADERS, ...CONFIGURED }],
])('security headers %s', (_, web, headers) => {
  it.each([
    ['GET', '/metrics', 200],
    ['HEAD', '/metrics', 200],
    ['GET', '/health/status', 503],
    ['GET', '/-/ready', 200],
    ['GET', '/nothing', 404],
    ['POST', '/metrics', 405],
    ['GET', '/metrics?x=1', 200],
    ['GET', '/%zz', 400],
    ['POST', '/-/reload', 403],
  ] as const)('are on %s %s', async (method, url, code) => {
    const response = await anApp([], { web }).app.inject({ method, url });
    expect(response.statusCode).toBe(code);
    expect(response.headers).toMatchObject(headers);
  });

  it.each([
    ['GET', '/', 200],
    ['GET', '/?state=HELLO', 400],
  ] as const)('are on %s %s, but for what a page may load', async (method, url, code) => {
    const response = await anApp([], { web }).app.inject({ method, url });
    const { 'content-security-policy': policy, ...others } = headers;
    expect(response.statusCode).toBe(code);
    expect(response.headers).toMatchObject(others);
    if (code === 200) expect(response.headers['content-security-policy']).not.toBe(policy);
    else expect(response.headers['content-security-policy']).toBe(policy);
  });

  it('are on the answer to what is not HTTP', async () => {
    const { app } = anApp([], { web });
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    const answer = await rawAnswer(port, 'hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    for (const [name, value] of Object.entries(headers)) expect(answer).toContain(`\r\n${name}: ${value}\r\n`);
  });

  it('are on a 500', async () => {
    const metricsPage = () => Promise.reject(new Error('x'));
    const response = await anApp([], { web, metricsPage }).app.inject('/metrics');
    expect(response.statusCode).toBe(500);
    expect(response.headers).toMatchObject(headers);
  });
});
