import { DAY_MS, HOUR_MS } from '../../model/index.ts';
import type { Clock } from '../../ports/index.ts';
import type { BatchUser, NewJob } from '../../storage/index.ts';

const DAILY = DAY_MS;
/** How long a job may take before it is asked for again. */
const PATIENCE = HOUR_MS;
const MAX_REMEMBERED = 50_000;

/** When a person's bio and photo are read: at first contact, then at most daily. Remembers whom it has just asked about. */
export class ProfileSchedule {
  readonly #clock: Clock;
  readonly #asked = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Changes nothing: a batch may be decided more than once before it is committed. */
  isDue(user: BatchUser): boolean {
    const now = this.#clock.now();
    if (user.profile_read_at !== null && now - user.profile_read_at < DAILY) return false;
    const asked_at = this.#asked.get(user.id);
    return asked_at === undefined || now - asked_at >= PATIENCE;
  }

  /** These jobs are stored: some may be those that ask. */
  stored(jobs: readonly NewJob[]): void {
    for (const { kind, payload } of jobs)
      if (kind === 'read_profile' && typeof payload.user_id === 'string') this.#remember(payload.user_id);
  }

  #remember(user_id: string): void {
    if (this.#asked.size >= MAX_REMEMBERED) this.#asked.clear();
    this.#asked.set(user_id, this.#clock.now());
  }
}
