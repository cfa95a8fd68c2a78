import { createServer, type AddressInfo } from 'node:net';

/**
 * Checks that the port is free, before the service starts anything else. Returns the port; for 0, any free port.
 *
 * @throws the error of the operating system: EADDRINUSE, EACCES
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

/** The loopback address for each address that means all networks. */
const LOOPBACK_ADDRESSES: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Returns the URL at which this machine reaches a server that listens on the host and port. */
export function localUrl(host: string, port: number): string {
  const name = LOOPBACK_ADDRESSES[host] ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
