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
  readonly takesOver: () => boolean;
  /** The lease was lost: rows that were this instance's may be another's now. `id` is a new one already. */
  readonly onLost: () => void;
  /** Rows of a dead instance are this one's now. */
  readonly onTakeover: (rows: number) => void;
  /** The lease holds again after a time in which it did not. */
  readonly onRegained: () => void;
}

/** How often it is renewed in its time: one lost renewal must not end it. */
const RENEWALS = 5;
/** Part of the duration after which, without renewal, nothing is sent any more: the others wait for the whole. */
const SAFE_PART = 0.8;

/**
 * This process's lease. `isHeld` is asked before every send, on a clock that cannot be set. Who has lost it comes back under a new id:
 * what was committed under the old one, be it a moment ago, is a dead instance's and has one taker.
 */
export class InstanceLease {
  readonly #deps: InstanceLeaseDeps;
  #id: string;
  #held_until = 0;
  #isRunning = false;
  #cancel: (() => void) | null = null;
  #round: Promise<void> = Promise.resolve();

  constructor(deps: InstanceLeaseDeps) {
    this.#deps = deps;
    this.#id = deps.createId();
  }

  /** The owner of what this instance stores. */
  get id(): string {
    return this.#id;
  }

  isHeld(): boolean {
    return this.#deps.clock.monotonic() < this.#held_until;
  }

  /** Registers the instance and takes over what dead ones left. */
  async start(): Promise<void> {
    await this.#register(this.#id);
    this.#isRunning = true;
    await this.#takeOver();
    this.#schedule();
  }

  /** Gives the lease back: what is left unsent is anybody's. */
  async stop(): Promise<void> {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#cancel?.();
    await this.#round;
    this.#held_until = 0;
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
    const asked_at = clock.monotonic();
    await instances.register(id, name, duration);
    if (id !== this.#id) {
      // Nothing may be stored under an id that is not registered: it would be taken for a dead one's.
      this.#id = id;
      onLost();
    }
    this.#held_until = asked_at + duration * SAFE_PART;
  }

  #schedule(): void {
    this.#cancel = this.#deps.clock.setTimer(this.#deps.duration / RENEWALS, () => {
      this.#round = this.#renew().finally(() => {
        if (this.#isRunning) this.#schedule();
      });
    });
  }

  async #renew(): Promise<void> {
    const { clock, instances, logger, duration } = this.#deps;
    const id = this.#id;
    const asked_at = clock.monotonic();
    const wasHeld = this.isHeld();
    try {
      if (await instances.renew(id, duration)) {
        this.#held_until = asked_at + duration * SAFE_PART;
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
    if (!this.#deps.takesOver()) return;
    const rows = await this.#deps.instances.takeOver(this.#id);
    if (rows > 0) {
      this.#deps.logger.info({ instance: this.#id, rows }, 'took over the rows of an instance that ended');
      this.#deps.onTakeover(rows);
    }
  }
}
