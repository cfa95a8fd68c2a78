import type { Clock } from '../../ports/index.ts';
import { withTimeout } from '../async/with-timeout.ts';
import type { PendingInput } from '../batch/pending-input.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { laneIndex } from './lane-index.ts';
import { Lane } from './lane.ts';
import { unavailableError } from './unavailable-error.ts';

export interface LanesDeps {
  /** How many there are. */
  readonly count: number;
  /** Runs one batch; settles its inputs itself and never rejects. */
  readonly run: (inputs: readonly PendingInput[]) => Promise<void>;
  /** While false, no batch starts; `wake` tells that it may have changed. */
  readonly mayStart: () => boolean;
  readonly clock: Clock;
  readonly options: Pick<RuntimeOptions, 'batchSize' | 'batchBytes' | 'linger' | 'maxWaiting' | 'maxWait'>;
}

/** How often waiting updates are looked through for such as have waited too long. */
const WAIT_CHECK_INTERVAL_MS = 1_000;

/** Where inputs wait for their batch: a chat's always in the same lane, so that they are served one after the other. */
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
    return this.#lanes.some(({ waitingCount: waiting }) => waiting > 0);
  }

  /** Raises UNAVAILABLE while too many wait in the chat's lane. */
  requireCapacity(bot_id: string, chat_id: number): void {
    if (this.#laneOf(bot_id, chat_id).waitingCount >= this.#deps.options.maxWaiting)
      throw unavailableError('Too much waits to be processed', 2);
  }

  push(chat_id: number, input: PendingInput): void {
    this.#laneOf(input.bot_id, chat_id).push(input);
  }

  /** What kept batches from starting may be over. */
  wake(): void {
    for (const lane of this.#lanes) if (lane.waitingCount > 0) lane.wake();
  }

  /** From now on what waits too long is refused. */
  open(): void {
    this.#cancelWaitCheck = this.#deps.clock.setTimer(WAIT_CHECK_INTERVAL_MS, () => {
      const oldest = this.#deps.clock.monotonic() - this.#deps.options.maxWait;
      this.#rejectWaiting(
        (waiting) => waiting.arrived_at < oldest,
        'It waited too long for earlier messages to be sent',
        3,
      );
      this.wake();
      this.open();
    });
  }

  /** Resolves when nothing waits in a lane and no batch runs. What could not begin in time is delivered again. */
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
    if (lane === undefined) throw new RangeError('There must be one lane at least.');
    return lane;
  }
}
