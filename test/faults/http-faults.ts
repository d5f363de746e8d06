import { gzipSync } from 'node:zlib';
import { type AnswerFault, failed, healthy, unhealthy } from './fault.ts';
import {
  answers,
  floods,
  rawAnswer,
  repeats,
  sends,
  sendsAndEnds,
  WELL_BODY,
  WELL_ROW,
  WELL_SERVED,
} from './raw-answer.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const HUNDRED_MB = 100_000_000;
const HTML = '<!DOCTYPE html><html><body>Please sign in</body></html>';
const LATE = /no complete answer within 4 s/;

/** Answers that never end, or end wrongly. */
export const HTTP_TIMING_FAULTS: readonly AnswerFault[] = [
  { name: 'hangs before the headers', answer: () => {}, expected: failed('timeout', LATE) },
  { name: 'hangs amid the headers', answer: sends(`${OK}Content-Type: appl`), expected: failed('timeout', LATE) },
  {
    name: 'hangs amid the body',
    answer: sends(`${OK}Content-Length: 1000\r\n\r\n[{"PROCESS_NAME":"A"`),
    expected: failed('timeout', LATE),
  },
  {
    name: 'trickles',
    answer: repeats(`${OK}Content-Length: 9999\r\n\r\n[`, ' ', 50),
    expected: failed('timeout', LATE),
  },
  {
    name: 'sends nothing but early hints',
    answer: repeats('', 'HTTP/1.1 103 Early Hints\r\n\r\n', 50),
    expected: failed('timeout', LATE),
  },
  { name: 'ends without a word', answer: (socket) => socket.end(), expected: failed('reset', /closed/) },
  { name: 'resets', answer: (socket) => socket.resetAndDestroy(), expected: failed('reset', /ECONNRESET/) },
  {
    name: 'resets amid the body',
    answer: (socket) => {
      socket.write(`${OK}Content-Length: 1000\r\n\r\n[`, () => setTimeout(() => socket.resetAndDestroy(), 50));
    },
    expected: failed('reset', /ECONNRESET/),
  },
  {
    name: 'promises more than it sends',
    answer: sendsAndEnds(`${OK}Content-Length: 1000\r\n\r\n${WELL_BODY}`),
    expected: failed('reset', /closed/),
  },
  {
    name: 'promises less than it sends',
    answer: sends(`${OK}Content-Length: 10\r\n\r\n${WELL_BODY}`),
    expected: failed('bad_json', /cut short/),
  },
];

/** Answers that are no HTTP, or too much of it. */
export const HTTP_FORM_FAULTS: readonly AnswerFault[] = [
  {
    name: 'has two lengths',
    answer: sendsAndEnds(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n[]`),
    expected: failed('reset', /does not match content-length/),
  },
  {
    name: 'has a length and chunks',
    answer: sends(`${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n\r\n`),
    expected: failed('reset', /does not match content-length/),
  },
  {
    name: 'says unasked that it goes on',
    answer: sends('HTTP/1.1 100 Continue\r\n\r\n'),
    expected: failed('timeout', LATE),
  },
  {
    name: 'has a chunk of no size',
    answer: sends(`${CHUNKED}twelve\r\n[]\r\n`),
    expected: failed('other', /chunk size/),
  },
  {
    name: 'has headers without end',
    answer: repeats(OK, `X-More: ${'x'.repeat(4000)}\r\n`, 1),
    expected: failed('other', /Headers Overflow/),
  },
  { name: 'speaks SSH', answer: sends('SSH-2.0-OpenSSH_9.6\r\n'), expected: failed('other', /an SSH server answers/) },
  {
    name: 'switches protocols',
    answer: sends('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'),
    expected: failed(['other', 'reset'], /upgrade/),
  },
  {
    name: 'announces 100 MB',
    answer: floods(`${OK}Content-Length: ${HUNDRED_MB}\r\n\r\n`, HUNDRED_MB),
    expected: failed('body_too_large', /larger than max_body_bytes \(8388608\)/),
  },
  {
    name: 'sends 100 MB unannounced',
    answer: floods(`${OK}Connection: close\r\n\r\n`, HUNDRED_MB),
    expected: failed('body_too_large', /larger than max_body_bytes \(8388608\)/),
  },
  {
    name: 'sends a gzip bomb',
    answer: answers(200, gzipSync(Buffer.alloc(HUNDRED_MB, ' ')), ['Content-Encoding: gzip']),
    expected: failed('body_too_large', /larger than max_body_bytes \(8388608\)/),
  },
  {
    name: 'answers as HTTP/1.0',
    answer: sendsAndEnds(`HTTP/1.0 200 OK\r\n\r\n${WELL_BODY}`),
    expected: healthy(WELL_SERVED),
  },
  {
    name: 'answers byte by byte',
    answer: (socket) => {
      for (const byte of rawAnswer(200, WELL_BODY)) socket.write(Buffer.of(byte));
    },
    expected: healthy(WELL_SERVED),
  },
];

/** Codes that are not the platform's, and its own in the mouth of somebody else. */
export const HTTP_CODE_FAULTS: readonly AnswerFault[] = [
  ...[204, 206, 301, 304, 401, 404, 418, 500, 502].map((code) => ({
    name: `answers ${code}`,
    answer: answers(code, code === 204 || code === 304 ? '' : WELL_BODY, ['Location: /']),
    expected: failed('http_status', new RegExp(`answered ${code}\\b`)),
  })),
  { name: 'has HTML with 200', answer: answers(200, HTML), expected: failed('bad_json', /looks like a login page/) },
  { name: 'has HTML with 503', answer: answers(503, HTML), expected: failed('bad_json', /looks like a login page/) },
  { name: 'has nothing with 200', answer: answers(200), expected: failed('bad_json', /the body is empty/) },
  { name: 'has a good row with 503', answer: answers(503, WELL_BODY), expected: unhealthy('genesis_503', WELL_SERVED) },
  {
    name: 'has a WARNING with 200',
    answer: answers(200, JSON.stringify([{ ...WELL_ROW, STATUS: 'WARNING' }])),
    expected: healthy(['GENESIS_ROUTER', 'WARNING', 9017]),
  },
];
