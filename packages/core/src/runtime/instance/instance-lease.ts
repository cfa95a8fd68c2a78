import { errorMessage } from '../../errors/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { InstanceStore } from '../../storage/index.ts';

export interface InstanceLeaseDeps {
  /** Makes an id that no instance ever had. */
  readonly createId: () => string;
  readonly name: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly instances: InstanceStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this instance sends, and so takes the rows of dead ones. */
  readonly shouldTakeOver: () => boolean;
  /** The lease was lost: rows that were this instance's may be another's now. `id` is a new one already. */
  readonly onLost: () => void;
  /** Rows of a dead instance are this one's now. */
  readonly onTakeover: (rows: number) => void;
  /** The lease holds again after a time in which it did not. */
  readonly onRegained: () => void;
}

/** How often it is renewed in its time: one lost renewal must not end it. */
const RENEWALS_PER_LEASE = 5;
/** Part of the duration after which, without renewal, nothing is sent any more: the others wait for the whole. */
const SAFE_LEASE_FRACTION = 0.8;

/**
 * This process's lease. `isHeld` is asked before every send, on a clock that cannot be set. Who has lost it comes back under a new id:
 * what was committed under the old one, be it a moment ago, is a dead instance's and has one taker.
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

  /** The owner of what this instance stores. */
  get id(): string {
    return this.#id;
  }

  isHeld(): boolean {
    return this.#deps.clock.monotonic() < this.#heldUntil;
  }

  /** Registers the instance and takes over what dead ones left. */
  async start(): Promise<void> {
    await this.#register(this.#id);
    this.#isRunning = true;
    await this.#takeOver();
    this.#scheduleRenewal();
  }

  /** Gives the lease back: what is left unsent is anybody's. */
  async stop(): Promise<void> {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#cancelRenewal?.();
    await this.#pendingRenewal;
    this.#heldUntil = 0;
    try {
      await this.#deps.instances.remove(this.#id);
    } catch (error) {
      // The database is away: the lease ends by itself.
      this.#deps.logger.warn(
        { instance: this.#id, error: errorMessage(error) },
        'the lease of this instance could not be given back',
      );
    }
  }

  async #register(id: string): Promise<void> {
    const { clock, instances, name, duration, onLost } = this.#deps;
    const requestedAt = clock.monotonic();
    await instances.register(id, name, duration);
    if (id !== this.#id) {
      // Nothing may be stored under an id that is not registered: it would be taken for a dead one's.
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
        logger.warn({ instance: id }, 'the lease of this instance had ended; it goes on under a new id');
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
      this.#deps.logger.info({ instance: this.#id, rows }, 'took over the rows of an instance that ended');
      this.#deps.onTakeover(rows);
    }
  }
}
