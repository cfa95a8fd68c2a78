import { createServer, type AddressInfo } from 'node:net';

/**
 * Finds the port to listen on before anything else is begun: the wanted one, if it is free, or any for 0.
 * Rejects with the error of the system (EADDRINUSE, EACCES).
 */
export function checkPort(host: string, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, host, () => {
      // A TCP server that listens has an address object.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** How this machine itself reaches what listens there. */
export function localUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
