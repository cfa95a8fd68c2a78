import type { Pool, PoolClient } from 'pg';
import type { InstanceStore } from '../../storage.ts';

const MIN_RECONNECT_DELAY_MS = 500;
const MAX_RECONNECT_DELAY_MS = 30_000;

/**
 * Returns a function that listens for rows that other instances hand over. It uses one client of the pool. When that
 * client is lost, it connects another one and calls the listener, because a notification may have been missed.
 *
 * @param channel - contains the schema, so that several installations in one database do not notify each other
 */
export function createRowHandoffSubscriber(pool: Pool, channel: string): InstanceStore['onRowHandoff'] {
  return async (id, listener) => {
    const subscription = new RowHandoffSubscription(pool, channel, id, listener);
    await subscription.listen();
    return () => subscription.close();
  };
}

class RowHandoffSubscription {
  readonly #pool: Pool;
  readonly #channel: string;
  readonly #id: string;
  readonly #listener: () => void;
  #client: PoolClient | null = null;
  #reconnectTimer: NodeJS.Timeout | undefined;
  #reconnectDelayMs = MIN_RECONNECT_DELAY_MS;
  #isClosed = false;

  constructor(pool: Pool, channel: string, id: string, listener: () => void) {
    this.#pool = pool;
    this.#channel = channel;
    this.#id = id;
    this.#listener = listener;
  }

  async listen(): Promise<void> {
    try {
      const client = await this.#pool.connect();
      this.#client = client;
      client.on('error', this.#onConnectionLost);
      client.on('end', this.#onConnectionLost);
      client.on('notification', this.#onNotification);
      await client.query(`listen ${quote(this.#channel)}`);
      this.#reconnectDelayMs = MIN_RECONNECT_DELAY_MS;
    } catch {
      this.#onConnectionLost();
    }
    if (this.#isClosed) await this.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#reconnectTimer);
    const client = this.#detachClient();
    if (client === null) return;
    // The client is not returned to the pool, where it would continue to listen.
    client.release(true);
  }

  readonly #onNotification = ({ channel, payload }: { readonly channel: string; readonly payload?: string }): void => {
    if (channel === this.#channel && payload === this.#id) this.#listener();
  };

  readonly #onConnectionLost = (): void => {
    this.#detachClient()?.release(true);
    if (this.#isClosed || this.#reconnectTimer !== undefined) return;
    this.#reconnectTimer = setTimeout(() => {
      this.#reconnectTimer = undefined;
      this.#reconnectDelayMs = Math.min(this.#reconnectDelayMs * 2, MAX_RECONNECT_DELAY_MS);
      void this.listen().then(() => this.#listener());
    }, this.#reconnectDelayMs);
    this.#reconnectTimer.unref();
  };

  #detachClient(): PoolClient | null {
    const client = this.#client;
    this.#client = null;
    client?.removeListener('end', this.#onConnectionLost);
    client?.removeListener('notification', this.#onNotification);
    return client;
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
