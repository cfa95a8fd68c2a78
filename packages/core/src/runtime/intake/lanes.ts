import type { Clock } from '../../ports/index.ts';
import { withTimeout } from '../async/with-timeout.ts';
import type { PendingInput } from '../batch/pending-input.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { laneIndex } from './lane-index.ts';
import { Lane } from './lane.ts';
import { unavailableError } from './unavailable-error.ts';

export interface LanesDeps {
  /** Number of lanes. */
  readonly count: number;
  /** Runs one batch. It settles the inputs itself and never rejects. */
  readonly run: (inputs: readonly PendingInput[]) => Promise<void>;
  /** While this returns false, no batch starts. Call `wake` when it may have changed. */
  readonly mayStart: () => boolean;
  readonly clock: Clock;
  readonly options: Pick<RuntimeOptions, 'batchSize' | 'batchBytes' | 'linger' | 'maxWaiting' | 'maxWait'>;
}

/** Interval at which inputs that have waited too long are rejected. */
const WAIT_CHECK_INTERVAL_MS = 1_000;

/**
 * The lanes in which inputs wait for their batch. A chat always uses the same lane, so that its inputs are processed
 * one after the other.
 */
export class Lanes {
  readonly #deps: LanesDeps;
  readonly #lanes: readonly Lane<PendingInput>[];
  #cancelWaitCheck: (() => void) | null = null;

  constructor(deps: LanesDeps) {
    this.#deps = deps;
    const { count, run, mayStart, clock, options } = deps;
    this.#lanes = Array.from(
      { length: count },
      () =>
        new Lane<PendingInput>({
          batchSize: options.batchSize,
          batchBytes: options.batchBytes,
          linger: options.linger,
          run,
          canStart: mayStart,
          monotonic: () => clock.monotonic(),
        }),
    );
  }

  get hasWaiting(): boolean {
    return this.#lanes.some(({ waitingCount }) => waitingCount > 0);
  }

  /** @throws UNAVAILABLE - while too many inputs wait in the lane of the chat */
  requireCapacity(bot_id: string, chat_id: number): void {
    if (this.#laneOf(bot_id, chat_id).waitingCount >= this.#deps.options.maxWaiting)
      throw unavailableError('Too many updates are waiting', 2);
  }

  push(chat_id: number, input: PendingInput): void {
    this.#laneOf(input.bot_id, chat_id).push(input);
  }

  /** Call this when the reason that prevents batches may be gone. */
  wake(): void {
    for (const lane of this.#lanes) if (lane.waitingCount > 0) lane.wake();
  }

  /** Starts to reject inputs that have waited too long. */
  open(): void {
    this.#cancelWaitCheck = this.#deps.clock.setTimer(WAIT_CHECK_INTERVAL_MS, () => {
      const oldest = this.#deps.clock.monotonic() - this.#deps.options.maxWait;
      this.#rejectWaiting(
        (waiting) => waiting.arrived_at < oldest,
        'The update waited too long for earlier messages to be sent',
        3,
      );
      this.wake();
      this.open();
    });
  }

  /**
   * Resolves when nothing waits in a lane and no batch runs. Inputs that do not start in time are rejected; Telegram
   * delivers them again.
   */
  async close(timeoutMs: number): Promise<void> {
    const idle = this.idle();
    await withTimeout(idle, timeoutMs, this.#deps.clock);
    this.#rejectWaiting(() => true, 'Botloom is stopping', 1);
    await idle;
    this.#cancelWaitCheck?.();
  }

  async idle(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.idle()));
  }

  #rejectWaiting(predicate: (input: PendingInput) => boolean, reason: string, retryAfter: number): void {
    for (const lane of this.#lanes)
      for (const input of lane.removeWhere(predicate)) input.reject(unavailableError(reason, retryAfter));
  }

  #laneOf(bot_id: string, chat_id: number): Lane<PendingInput> {
    const lane = this.#lanes[laneIndex(bot_id, chat_id, this.#lanes.length)];
    if (lane === undefined) throw new RangeError('The runtime option `lanes` must be at least 1.');
    return lane;
  }
}
