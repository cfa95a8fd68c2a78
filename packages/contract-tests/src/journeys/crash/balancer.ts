import { Agent, createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAll } from '../read-all.ts';

/** One response that was returned to the sender of an update. */
export interface ForwardedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Index of the backend; -1 if no backend was reachable. */
  readonly backend: number;
  /** HTTP status; 0 if the backend closed the connection without a response. */
  readonly status: number;
  readonly retry_after: string | undefined;
}

/**
 * A load balancer like those in front of real services: one stable address, backends in turn, the next backend when a
 * connection is refused, and 502 when a backend closes the connection or none is available. It never sends a request
 * twice that a backend may have received.
 */
export interface Balancer {
  readonly url: string;
  readonly passages: readonly ForwardedRequest[];
  /** Sets the port of a backend; null takes it out of service. */
  setBackend(index: number, port: number | null): void;
  /**
   * From now on, if `choose` returns true for a served request, its sender gets a broken connection instead of the
   * response.
   */
  dropResponses(choose: () => boolean): void;
  /** Number of requests received. */
  readonly requests: number;
  /** Resolves when this many requests have arrived, before the last of them is forwarded. */
  whenRequests(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const backends: (Backend | null)[] = [];
  const passages: ForwardedRequest[] = [];
  const waiting = new Set<{ readonly count: number; readonly tell: () => void }>();
  let roundRobin = 0;
  let requests = 0;
  let shouldDropResponse = (): boolean => false;

  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      requests += 1;
      for (const wait of waiting) if (wait.count <= requests && waiting.delete(wait)) wait.tell();
      roundRobin += 1;
      forwardRequest(
        { request, response, body },
        backends.map((_port, index) => (index + roundRobin) % backends.length),
      );
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function forwardRequest(call: Call, order: readonly number[]): void {
    const [index, ...rest] = order;
    if (index === undefined) {
      end(call.response, { backend: -1, status: 502, retry_after: undefined });
      return;
    }
    const backend = backends[index];
    if (backend === null || backend === undefined) {
      forwardRequest(call, rest);
      return;
    }
    const { method, url: path, headers } = call.request;
    const outgoing = forward({ ...backend, host: '127.0.0.1', method, path, headers });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') forwardRequest(call, rest);
      else end(call.response, { backend: index, status: 0, retry_after: undefined });
    });
    outgoing.on('response', (answer) => {
      readAll(answer).then(
        (body) =>
          end(
            call.response,
            { backend: index, status: answer.statusCode ?? 0, retry_after: answer.headers['retry-after'] },
            body,
          ),
        () => end(call.response, { backend: index, status: 0, retry_after: undefined }),
      );
    });
    outgoing.end(call.body);
  }

  function end(response: ServerResponse, passage: Omit<ForwardedRequest, 'at'>, body?: Buffer): void {
    passages.push({ ...passage, at: Date.now() });
    if (passage.status === 200 && shouldDropResponse()) {
      response.destroy();
      return;
    }
    const headers = passage.retry_after === undefined ? {} : { 'retry-after': passage.retry_after };
    response.writeHead(passage.status === 0 ? 502 : passage.status, headers).end(body);
  }

  return {
    // The address of a listening TCP server is always an object.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passages,
    setBackend(index, port) {
      backends[index]?.agent.destroy();
      // Connections are kept alive, as Telegram and load balancers do: a service that stops has to deal with them.
      backends[index] = port === null ? null : { port, agent: new Agent({ keepAlive: true }) };
    },
    dropResponses(choose) {
      shouldDropResponse = choose;
    },
    get requests() {
      return requests;
    },
    whenRequests: (count) =>
      new Promise((tell) => {
        if (count <= requests) tell();
        else waiting.add({ count, tell });
      }),
    close: () =>
      new Promise((resolve) => {
        for (const backend of backends) backend?.agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Backend {
  readonly port: number;
  readonly agent: Agent;
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}
