import { errorMessage } from '../../errors/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { InstanceStore } from '../../storage/index.ts';

export interface InstanceLeaseDeps {
  /** Creates an ID that no instance has had before. */
  readonly createId: () => string;
  readonly name: string;
  /** Duration of the lease, in milliseconds. */
  readonly duration: number;
  readonly instances: InstanceStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Returns true if this instance sends, and so takes over the rows of instances that ended. */
  readonly shouldTakeOver: () => boolean;
  /**
   * Called when the lease was lost: rows of this instance may belong to another one now. `id` is already the new one.
   */
  readonly onLost: () => void;
  /** Called when this instance has taken over rows of an instance that ended. */
  readonly onTakeover: (rows: number) => void;
  /** Called when the lease is held again after a time without it. */
  readonly onRegained: () => void;
}

/** Renewals per lease: one lost renewal must not end the lease. */
const RENEWALS_PER_LEASE = 5;
/**
 * Fraction of the duration after which nothing is sent without a renewal. Other instances wait for the whole duration.
 */
const SAFE_LEASE_FRACTION = 0.8;

/**
 * The lease of this process. `isHeld` is checked before every send, by a clock that cannot be set. After a lost lease,
 * the instance continues under a new ID. Rows that were committed under the old ID, even a moment ago, belong to an
 * instance that ended, so exactly one instance takes them over.
 */
export class InstanceLease {
  readonly #deps: InstanceLeaseDeps;
  #id: string;
  #heldUntil = 0;
  #isRunning = false;
  #cancelRenewal: (() => void) | null = null;
  #pendingRenewal: Promise<void> = Promise.resolve();

  constructor(deps: InstanceLeaseDeps) {
    this.#deps = deps;
    this.#id = deps.createId();
  }

  /** Owner of everything that this instance stores. */
  get id(): string {
    return this.#id;
  }

  isHeld(): boolean {
    return this.#deps.clock.monotonic() < this.#heldUntil;
  }

  /** Registers the instance and takes over the rows of instances that ended. */
  async start(): Promise<void> {
    await this.#register(this.#id);
    this.#isRunning = true;
    await this.#takeOver();
    this.#scheduleRenewal();
  }

  /** Releases the lease: any instance can take over the unsent rows. */
  async stop(): Promise<void> {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#cancelRenewal?.();
    await this.#pendingRenewal;
    this.#heldUntil = 0;
    try {
      await this.#deps.instances.remove(this.#id);
    } catch (error) {
      // The database is unavailable: the lease expires without this.
      this.#deps.logger.warn(
        { instance: this.#id, error: errorMessage(error) },
        'the lease of this instance could not be released; it expires after its duration',
      );
    }
  }

  async #register(id: string): Promise<void> {
    const { clock, instances, name, duration, onLost } = this.#deps;
    const requestedAt = clock.monotonic();
    await instances.register(id, name, duration);
    if (id !== this.#id) {
      // Nothing may be stored under an unregistered ID: other instances would take it for one that ended.
      this.#id = id;
      onLost();
    }
    this.#heldUntil = requestedAt + duration * SAFE_LEASE_FRACTION;
  }

  #scheduleRenewal(): void {
    this.#cancelRenewal = this.#deps.clock.setTimer(this.#deps.duration / RENEWALS_PER_LEASE, () => {
      this.#pendingRenewal = this.#renew().finally(() => {
        if (this.#isRunning) this.#scheduleRenewal();
      });
    });
  }

  async #renew(): Promise<void> {
    const { clock, instances, logger, duration } = this.#deps;
    const id = this.#id;
    const requestedAt = clock.monotonic();
    const wasHeld = this.isHeld();
    try {
      if (await instances.renew(id, duration)) {
        this.#heldUntil = requestedAt + duration * SAFE_LEASE_FRACTION;
      } else {
        logger.warn({ instance: id }, 'the lease of this instance has expired; the instance continues under a new ID');
        await this.#register(this.#deps.createId());
      }
      if (!wasHeld) this.#deps.onRegained();
      await this.#takeOver();
    } catch (error) {
      logger.warn(
        { instance: id, error: errorMessage(error) },
        'the lease of this instance could not be renewed; trying again',
      );
    }
  }

  async #takeOver(): Promise<void> {
    if (!this.#deps.shouldTakeOver()) return;
    const rows = await this.#deps.instances.takeOver(this.#id);
    if (rows > 0) {
      this.#deps.logger.info({ instance: this.#id, rows }, 'took over the unsent rows of an instance that ended');
      this.#deps.onTakeover(rows);
    }
  }
}
