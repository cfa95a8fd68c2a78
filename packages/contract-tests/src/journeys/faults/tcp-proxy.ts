import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a server that a test can cut. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that are open through it. */
  readonly open: number;
  /**
   * The next time that a client sends these bytes, the server gets them and its answer is lost: the connection breaks when it comes.
   * Resolves then.
   */
  loseAnswerTo(bytes: string): Promise<void>;
  /** Breaks every connection and refuses new ones, like a server that was stopped. */
  cut(): Promise<void>;
  /** Lets connections be, but nothing passes, like a network that swallows packets. New connections are accepted and stay mute. */
  freeze(): void;
  /** All is well again. What was frozen is broken off, as the other side would have done by then. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isFrozen = false;
  let trap: { readonly bytes: string; readonly tell: () => void } | null = null;
  const server = createServer((near) => {
    const far = connect(target);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    if (isFrozen) return;
    near.on('data', (chunk: Buffer) => {
      if (trap?.bytes === undefined || !chunk.includes(trap.bytes)) return;
      const { tell } = trap;
      trap = null;
      far.unpipe(near);
      far.once('data', () => {
        near.resetAndDestroy();
        tell();
      });
      far.resume();
    });
    near.pipe(far);
    far.pipe(near);
  });
  await listen(0);
  // A TCP server that listens has an address object.
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
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  }

  async function cut(): Promise<void> {
    const closed = server.listening ? new Promise<void>((resolve) => server.close(() => resolve())) : Promise.resolve();
    breakAll();
    await closed;
  }

  return {
    loseAnswerTo: (bytes) => new Promise((tell) => (trap = { bytes, tell })),
    port,
    get open() {
      return pairs.size;
    },
    cut,
    freeze() {
      isFrozen = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
    async mend() {
      isFrozen = false;
      breakAll();
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
