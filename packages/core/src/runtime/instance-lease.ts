import type { InstanceStore } from '../storage/index.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

export interface InstanceLeaseDeps {
  readonly id: string;
  readonly name: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly instances: InstanceStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this instance sends, and so takes the rows of dead ones. */
  readonly takesOver: () => boolean;
  /** The lease was lost and taken anew: rows that were this instance's may be another's now. */
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

/** This process's lease. `isHeld` is asked before every send, on a clock that cannot be set. */
export class InstanceLease {
  readonly #deps: InstanceLeaseDeps;
  #held_until = 0;
  #isRunning = false;
  #cancel: (() => void) | null = null;
  #round: Promise<void> = Promise.resolve();

  constructor(deps: InstanceLeaseDeps) {
    this.#deps = deps;
  }

  isHeld(): boolean {
    return this.#deps.clock.monotonic() < this.#held_until;
  }

  /** Registers the instance and takes over what dead ones left. */
  async start(): Promise<void> {
    await this.#register();
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
      await this.#deps.instances.remove(this.#deps.id);
    } catch (error) {
      // The database is away: the lease ends by itself.
      this.#deps.logger.warn({ instance: this.#deps.id, error: describe(error) }, 'the lease of this instance could not be given back');
    }
  }

  async #register(): Promise<void> {
    const asked_at = this.#deps.clock.monotonic();
    await this.#deps.instances.register(this.#deps.id, this.#deps.name, this.#deps.duration);
    this.#held_until = asked_at + this.#deps.duration * SAFE_PART;
  }

  #schedule(): void {
    this.#cancel = this.#deps.clock.setTimer(this.#deps.duration / RENEWALS, () => {
      this.#round = this.#renew().finally(() => {
        if (this.#isRunning) this.#schedule();
      });
    });
  }

  async #renew(): Promise<void> {
    const { clock, instances, logger, id, duration } = this.#deps;
    const asked_at = clock.monotonic();
    const wasHeld = this.isHeld();
    try {
      if (await instances.renew(id, duration)) {
        this.#held_until = asked_at + duration * SAFE_PART;
      } else {
        logger.warn({ instance: id }, 'the lease of this instance had ended and was taken anew');
        this.#deps.onLost();
        await this.#register();
      }
      if (!wasHeld) this.#deps.onRegained();
      await this.#takeOver();
    } catch (error) {
      logger.warn({ instance: id, error: describe(error) }, 'the lease of this instance could not be renewed; trying again');
    }
  }

  async #takeOver(): Promise<void> {
    if (!this.#deps.takesOver()) return;
    const rows = await this.#deps.instances.takeOver(this.#deps.id);
    if (rows > 0) {
      this.#deps.logger.info({ instance: this.#deps.id, rows }, 'took over the rows of an instance that ended');
      this.#deps.onTakeover(rows);
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
