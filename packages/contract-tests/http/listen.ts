import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServedHost } from '@botloom/testing/http-conformance';

/** Starts a server on a port that the system chooses. */
export async function listen(server: Server): Promise<ServedHost> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The address of a TCP server is never a string.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
