import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Does the work that steps ask for, when the test lets it. */
export interface WorkServer {
  readonly host: string;
  /** Idempotency keys of all requests so far. */
  readonly keys: readonly string[];
  /** From now on nobody is answered by itself; gives the next request. */
  hold(): Promise<HeldRequest>;
  close(): Promise<void>;
}

export interface HeldRequest {
  /** Answers, and resolves when the other side has read it. */
  answer(): Promise<void>;
}

export async function startWorkServer(): Promise<WorkServer> {
  const keys: string[] = [];
  let onNext: ((response: ServerResponse) => void) | null = null;
  const server = createServer((request, response) => {
    request.resume();
    keys.push(String(request.headers['idempotency-key']));
    if (onNext === null) reply(response);
    else onNext(response);
    onNext = null;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    keys,
    hold: () =>
      new Promise((resolve) => {
        onNext = (response) =>
          resolve({
            async answer() {
              const read = once(response.socket ?? response, 'close');
              reply(response);
              await read;
            },
          });
      }),
    async close() {
      server.close().closeAllConnections();
      await once(server, 'close');
    },
  };
}

function reply(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end('{"number": 12}');
}
