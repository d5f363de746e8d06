import { expect, it } from 'vitest';
import { readSoon } from '../../src/http/read-soon.ts';
import { aHistory, anApp, closeAppsAfterEach } from '../helpers/app.ts';
import { sampleView } from '../helpers/example-views.ts';

closeAppsAfterEach();

it.each([
  ['what is there at once', async () => 1, 1],
  ['nothing of what fails', () => Promise.reject(new Error('disk I/O error')), undefined],
  ['nothing of what never comes', () => new Promise<number>(() => {}), undefined],
])('reads %s', async (_what, read, expected) => {
  expect(await readSoon(read(), 20)).toBe(expected);
});

it.each([
  ['/', 200, 'The history cannot be read now'],
  ['/events', 200, 'The history cannot be read now'],
  ['/nodes/sample', 200, 'The history cannot be read now'],
  ['/api/v1/events', 503, '{"error":"the history cannot be read now"}'],
  ['/api/v1/history?node=sample', 503, '{"error":"the history cannot be read now"}'],
])('%s says so when the history cannot be read, and shows what is known', async (url, code, words) => {
  const fail = async () => {
    throw new Error('disk I/O error');
  };
  const { app } = anApp([sampleView()], { history: aHistory({ events: fail, history: fail }) });
  const response = await app.inject(url);
  expect(response.statusCode).toBe(code);
  expect(response.body).toContain(words);
});
