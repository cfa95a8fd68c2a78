import { createServer, type AddressInfo, type Server } from 'node:net';

/** Returns a port that is currently free. */
export async function freePort(): Promise<number> {
  const { port, server } = await occupyPort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Occupies a port until the server is closed. */
export async function occupyPort(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server that listens has an address object.
  return { port: (server.address() as AddressInfo).port, server };
}
