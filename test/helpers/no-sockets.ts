import { Server, Socket } from 'node:net';

// Set-up of the project `fast`: a test that opens a socket belongs to the project `servers`, and fails here.
function refuse(): never {
  throw new Error('a test of the project "fast" opens a socket: test/helpers/server-tests.ts did not see it');
}

Object.assign(Server.prototype, { listen: refuse });
Object.assign(Socket.prototype, { connect: refuse });
