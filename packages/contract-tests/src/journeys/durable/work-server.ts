import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that does the work that steps request, when the test allows it. */
export interface WorkServer {
  readonly host: string;
  /** Idempotency keys of all requests so far. */
  readonly keys: readonly string[];
  /** Leaves the next request without a response. Resolves when it has arrived. */
  hold(): Promise<void>;
  close(): Promise<void>;
}

export async function startWorkServer(): Promise<WorkServer> {
  const keys: string[] = [];
  let onNext: (() => void) | null = null;
  const server = createServer((request, response) => {
    request.resume();
    keys.push(String(request.headers['idempotency-key']));
    if (onNext === null) reply(response);
    else onNext();
    onNext = null;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server
    keys,
    hold: () => new Promise((resolve) => (onNext = resolve)),
    async close() {
      server.close().closeAllConnections();
      await once(server, 'close');
    },
  };
}

function reply(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('{"number": 12}');
}
