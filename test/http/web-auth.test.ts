import { describe, expect, it } from 'vitest';
import { anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { SECRET_HASH, webAccess } from '../helpers/web.ts';

closeAppsAfterEach();

const USERS = new Map([['alice', SECRET_HASH]]);

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

describe('with users', () => {
  it.each([
    [undefined],
    [''],
    ['Basic'],
    ['Basic !!!'],
    ['Bearer secret'],
    [`Basic ${Buffer.from('alice').toString('base64')}`],
    [basic('alice', 'wrong')],
    [basic('alice', '')],
    [basic('bob', 'secret')],
    [basic('', 'secret')],
    [basic('__proto__', 'secret')],
    [basic('alice', `secret${'x'.repeat(5000)}`)],
    [basic('alice', 'secret\0')],
  ])('answers 401 with a challenge, as JSON, to Authorization %j', async (authorization) => {
    const { app } = anApp([], { web: webAccess({ users: USERS }) });
    const headers = authorization === undefined ? {} : { authorization };
    const response = await app.inject({ url: '/metrics', headers });
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Basic realm="genesis-exporter", charset="UTF-8"');
    expect(response.json()).toEqual({ error: 'unauthorized' });
  });

  it.each([basic('alice', 'secret'), basic('alice', 'secret').replace('Basic', 'bASIC  ')])(
    'lets %s in',
    async (authorization) => {
      const { app } = anApp([], { web: webAccess({ users: USERS }) });
      for (let count = 0; count < 3; count += 1) {
        expect((await app.inject({ url: '/metrics', headers: { authorization } })).statusCode).toBe(200);
      }
    },
  );

  it.each([
    ['GET', '/'],
    ['GET', '/nothing'],
    ['POST', '/metrics'],
    ['POST', '/-/reload'],
    ['GET', '/metrics?x=1'],
    ['GET', '/-/healthy'],
  ] as const)('does not tell whether there is a %s %s', async (method, url) => {
    const { app } = anApp([], { web: webAccess({ users: USERS }) });
    expect((await app.inject({ method, url })).statusCode).toBe(401);
  });

  it('takes a user away at once, whom it had let in', async () => {
    const users = new Map(USERS);
    const { app } = anApp([], { web: webAccess({ users }) });
    const headers = { authorization: basic('alice', 'secret') };
    users.set('bob', SECRET_HASH);
    expect((await app.inject({ url: '/metrics', headers })).statusCode).toBe(200);
    users.delete('alice');
    expect((await app.inject({ url: '/metrics', headers })).statusCode).toBe(401);
  });

  it('lets everybody read the exempt paths, exactly as they stand there', async () => {
    const web = webAccess({ users: USERS }, ['/-/healthy', '/health/status']);
    const { app } = anApp([], { web });
    const codeOf = async (url: string) => (await app.inject(url)).statusCode;
    expect(await codeOf('/-/healthy')).toBe(200);
    expect(await codeOf('/health/status?process=A')).toBe(503);
    for (const url of [
      '/-/ready',
      '/-/healthy/',
      '/-/%68ealthy',
      '/-//healthy',
      '//-/healthy',
      '/-/healthy;x',
      '/metrics',
    ]) {
      expect([url, await codeOf(url)]).toEqual([url, 401]);
    }
  });
});

it('lets everybody in while there are no users', async () => {
  const { app } = anApp([], { web: webAccess() });
  expect((await app.inject('/metrics')).statusCode).toBe(200);
});

it('says 503 when too many wait to be verified', async () => {
  const web = { ...webAccess({ users: USERS }), verifier: { verify: async () => 'busy' as const } };
  const { app } = anApp([], { web });
  const response = await app.inject({ url: '/metrics', headers: { authorization: basic('a', 'b') } });
  expect([response.statusCode, response.json()]).toEqual([503, { error: 'too many sign-ins at once' }]);
});
