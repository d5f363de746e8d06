import { describe, expect, it } from 'vitest';
import { platformAnswer } from '../../src/stand-in/health-answer.ts';
import type { ProcessTruth } from '../../src/stand-in/stand-in-process.ts';

function truth(status: string, change: Partial<ProcessTruth> = {}): ProcessTruth {
  const connections = { connects: 0, open: 0, resets: 0, receivedBytes: 0 };
  return { name: 'A', status, message: '', port: 1, listening: true, reported: true, connections, ...change };
}

describe('platformAnswer', () => {
  it.each([
    { rule: 'no process', statuses: [], code: 200 },
    { rule: 'all UP', statuses: ['UP', 'UP'], code: 200 },
    { rule: 'STANDBY is healthy', statuses: ['UP', 'STANDBY'], code: 200 },
    { rule: 'WARNING is healthy unless asked otherwise', statuses: ['WARNING'], code: 200 },
    { rule: 'one DOWN is enough', statuses: ['UP', 'DOWN', 'UP'], code: 503 },
    { rule: 'STARTING', statuses: ['STARTING'], code: 503 },
    { rule: 'ERROR', statuses: ['ERROR'], code: 503 },
    { rule: 'a word that nobody knows', statuses: ['\u{1F9A5}'], code: 503 },
    { rule: 'an empty word', statuses: [''], code: 503 },
  ])('answers $code: $rule', ({ statuses, code }) => {
    const processes = statuses.map((status) => truth(status));
    expect(platformAnswer(processes, false).statusCode).toBe(code);
  });

  it('answers 503 for WARNING when asked to', () => {
    expect(platformAnswer([truth('UP'), truth('WARNING')], true).statusCode).toBe(503);
  });

  it('writes the four keys in the order and with the types of the sample', () => {
    const { body } = platformAnswer([truth('UP', { name: 'GENESIS_ROUTER', message: ';é"', port: 9017 })], false);
    expect(body.toString()).toBe('[{"PROCESS_NAME":"GENESIS_ROUTER","STATUS":"UP","MESSAGE":";é\\"","PORT":9017}]');
  });

  it('neither lists nor judges a process that is dropped', () => {
    const answer = platformAnswer([truth('DOWN', { reported: false })], false);
    expect(answer).toMatchObject({ statusCode: 200, body: Buffer.from('[]') });
  });
});
