import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { certificate, listen } from '../helpers/servers.ts';
import { failed, type Place, type PlaceFault } from './fault.ts';
import { rawAnswer, WELL_BODY } from './raw-answer.ts';

type OnSocket = (socket: Socket) => void;

/** Answers one request and ends, so that every probe meets the place as it is then. */
const answersWell: OnSocket = (socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(rawAnswer(200, WELL_BODY, ['Connection: close'])));
};

const PATH = '/health/status';

/** A place that treats its connections in one way or another. */
async function openPlace(scheme: 'http' | 'https', well: OnSocket, broken: OnSocket): Promise<Place> {
  let onSocket = well;
  const { port } = await listen(createServer((socket) => onSocket(socket)));
  return {
    url: `${scheme}://127.0.0.1:${port}${PATH}`,
    async setBroken(isBroken) {
      onSocket = isBroken ? broken : well;
    },
  };
}

/** A place where nobody listens while it is broken. */
async function openClosable(): Promise<Place> {
  const server: Server = createServer(answersWell);
  const { port } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}${PATH}`,
    async setBroken(isBroken) {
      await new Promise<void>((resolve) => {
        if (isBroken) server.close(() => resolve());
        else server.listen(port, '127.0.0.1', resolve);
      });
    },
  };
}

/** Makes the handshake with a certificate of the fixtures, and answers well. */
function withTls(name: string): OnSocket {
  const server = createTlsServer(certificate(name), answersWell);
  server.on('tlsClientError', () => {});
  onTestFinished(() => void server.close());
  return (socket) => void server.emit('connection', socket);
}

function tlsFault(name: string, certificateName: string, says: RegExp): PlaceFault {
  const open = () => openPlace('https', withTls('server'), withTls(certificateName));
  return { name, open, expected: failed('tls', says) };
}

/** What can be wrong with an endpoint before it has read a request. Those with https trust the authority of the fixtures. */
export const PLACE_FAULTS: readonly PlaceFault[] = [
  // A connection that is waiting to be accepted as the port closes is reset.
  { name: 'refuses', open: openClosable, expected: failed(['refused', 'reset'], /ECONNREFUSED/) },
  {
    name: 'accepts and ends',
    open: () => openPlace('http', answersWell, (socket) => void socket.end()),
    expected: failed('reset', /closed/),
  },
  {
    name: 'accepts and resets',
    open: () => openPlace('http', answersWell, (socket) => void socket.resetAndDestroy()),
    expected: failed('reset', /./),
  },
  {
    name: 'speaks TLS where plain is expected',
    open: () => openPlace('http', answersWell, withTls('server')),
    expected: failed(['reset', 'other'], /./),
  },
  {
    name: 'speaks plain where TLS is expected',
    open: () => openPlace('https', withTls('server'), answersWell),
    expected: failed('tls', /wrong version number/),
  },
  {
    name: 'hangs in the handshake',
    open: () => openPlace('https', withTls('server'), (socket) => void socket.resume()),
    expected: failed('timeout', /no TLS handshake within/),
  },
  tlsFault('has a certificate that has expired', 'expired', /CERT_HAS_EXPIRED/),
  tlsFault('has a certificate for another name', 'wrong-name', /ERR_TLS_CERT_ALTNAME_INVALID/),
  tlsFault('has a certificate that nobody signed', 'self-signed', /DEPTH_ZERO_SELF_SIGNED_CERT/),
];
