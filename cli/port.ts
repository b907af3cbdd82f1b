import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

const highest = 65535;

/** The first port from here on that nothing on this machine listens to. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port <= highest; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Failure(`No port from ${first} to ${highest} is free.`);
}

/** Both of localhost's addresses count: a browser may try either. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nothing listening there either.
    const absent = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(absent.includes(code ?? '')));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
