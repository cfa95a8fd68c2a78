import type { Pool, PoolClient } from 'pg';
import type { InstanceStore } from '../../storage.ts';

const FIRST_DELAY = 500;
const MAX_DELAY = 30_000;

/**
 * Listens for rows that other instances give. It holds one client of the pool; when that is lost, another takes its place, and the listener is
 * called, since something may have been missed.
 *
 * @param channel the schema's own, so that several Botlooms in one database do not wake each other
 */
export function createRowsGiven(pool: Pool, channel: string): InstanceStore['onRowsGiven'] {
  return async (id, listener) => {
    const subscription = new Subscription(pool, channel, id, listener);
    await subscription.listen();
    return () => subscription.end();
  };
}

class Subscription {
  readonly #pool: Pool;
  readonly #channel: string;
  readonly #id: string;
  readonly #listener: () => void;
  #client: PoolClient | null = null;
  #timer: NodeJS.Timeout | undefined;
  #delay = FIRST_DELAY;
  #isEnded = false;

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
      client.on('error', this.#lost);
      client.on('end', this.#lost);
      client.on('notification', this.#notified);
      await client.query(`listen ${quote(this.#channel)}`);
      this.#delay = FIRST_DELAY;
    } catch {
      this.#lost();
    }
    if (this.#isEnded) await this.end();
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    clearTimeout(this.#timer);
    const client = this.#drop();
    if (client === null) return;
    // Not back into the pool: it would go on listening there.
    client.release(true);
  }

  readonly #notified = ({ channel, payload }: { readonly channel: string; readonly payload?: string }): void => {
    if (channel === this.#channel && payload === this.#id) this.#listener();
  };

  readonly #lost = (): void => {
    this.#drop()?.release(true);
    if (this.#isEnded || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#delay = Math.min(this.#delay * 2, MAX_DELAY);
      void this.listen().then(() => this.#listener());
    }, this.#delay);
    this.#timer.unref();
  };

  #drop(): PoolClient | null {
    const client = this.#client;
    this.#client = null;
    client?.removeListener('end', this.#lost);
    client?.removeListener('notification', this.#notified);
    return client;
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
