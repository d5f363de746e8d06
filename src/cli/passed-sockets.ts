import type { PassedSocket } from '../http/listen-address.ts';

/** Descriptors below are standard input, output and error. */
const FIRST_DESCRIPTOR = 3;

/** The sockets that systemd passed to this process, by `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES`; none when they are for another process. */
export function passedSockets(env: NodeJS.ProcessEnv, pid: number): readonly PassedSocket[] {
  const { LISTEN_PID: receiver, LISTEN_FDS: count = '', LISTEN_FDNAMES: names = '' } = env;
  if (receiver !== String(pid) || !/^\d{1,3}$/.test(count)) return [];
  const given = names.split(':');
  return Array.from({ length: Number(count) }, (_, index) => ({
    fd: FIRST_DESCRIPTOR + index,
    name: given[index] ?? '',
  }));
}
