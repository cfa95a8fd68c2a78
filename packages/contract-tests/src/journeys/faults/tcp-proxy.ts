import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy between a client and a server. A test can cut or freeze its connections. */
export interface TcpProxy {
  readonly port: number;
  /** Number of open connections. */
  readonly openConnections: number;
  /**
   * Loses the server's next response to a request that contains these bytes: the server receives the request, and the
   * connection breaks when the response arrives. Resolves then.
   */
  dropResponseTo(bytes: string): Promise<void>;
  /** Closes every connection and refuses new ones, like a server that was stopped. */
  cut(): Promise<void>;
  /**
   * Keeps connections open but passes no data, like a network that drops packets. New connections are accepted and
   * never answered.
   */
  freeze(): void;
  /** Returns to normal. Frozen connections are closed, because the other side would have closed them by then. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const socketPairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  let pendingDrop: { readonly bytes: string; readonly tell: () => void } | null = null;
  const server = createServer((clientSocket) => {
    const serverSocket = connect(target);
    const pair = [clientSocket, serverSocket] as const;
    socketPairs.add(pair);
    for (const [from, to] of [pair, [serverSocket, clientSocket] as const]) {
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        socketPairs.delete(pair);
      });
    }
    if (isFrozen) return;
    clientSocket.on('data', (chunk: Buffer) => {
      if (pendingDrop?.bytes === undefined || !chunk.includes(pendingDrop.bytes)) return;
      const { tell } = pendingDrop;
      pendingDrop = null;
      serverSocket.unpipe(clientSocket);
      serverSocket.once('data', () => {
        clientSocket.resetAndDestroy();
        tell();
      });
      serverSocket.resume();
    });
    clientSocket.pipe(serverSocket);
    serverSocket.pipe(clientSocket);
  });
  await listen(0);
  // The address of a listening TCP server is always an object.
  const { port } = server.address() as AddressInfo;

  function listen(at: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  }

  function breakAll(): void {
    for (const [clientSocket, serverSocket] of socketPairs) {
      clientSocket.resetAndDestroy();
      serverSocket.destroy();
    }
  }

  async function cut(): Promise<void> {
    const closed = server.listening ? new Promise<void>((resolve) => server.close(() => resolve())) : Promise.resolve();
    breakAll();
    await closed;
  }

  return {
    dropResponseTo: (bytes) => new Promise((tell) => (pendingDrop = { bytes, tell })),
    port,
    get openConnections() {
      return socketPairs.size;
    },
    cut,
    freeze() {
      isFrozen = true;
      for (const [clientSocket, serverSocket] of socketPairs) {
        clientSocket.unpipe(serverSocket);
        serverSocket.unpipe(clientSocket);
        clientSocket.pause();
        serverSocket.pause();
      }
    },
    async restore() {
      isFrozen = false;
      breakAll();
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
