import { DAY_MS, HOUR_MS } from '../../model/index.ts';
import type { Clock } from '../../ports/index.ts';
import type { BatchUser, NewJob } from '../../storage/index.ts';

const READ_INTERVAL_MS = DAY_MS;
/** Time after which an unfinished job is requested again. */
const REQUEST_TTL_MS = HOUR_MS;
const MAX_REMEMBERED_USERS = 50_000;

/**
 * Decides when the bio and photo of a user are read: at first contact, then at most daily. Remembers the recent
 * requests.
 */
export class ProfileSchedule {
  readonly #clock: Clock;
  readonly #requestedAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Returns true if the profile must be read. Has no side effects: a batch may be decided more than once before its
   * commit.
   */
  isDue(user: BatchUser): boolean {
    const now = this.#clock.now();
    if (user.profile_read_at !== null && now - user.profile_read_at < READ_INTERVAL_MS) return false;
    const requestedAt = this.#requestedAt.get(user.id);
    return requestedAt === undefined || now - requestedAt >= REQUEST_TTL_MS;
  }

  /** Call this with stored jobs: some may read profiles. */
  onJobsStored(jobs: readonly NewJob[]): void {
    for (const { kind, payload } of jobs)
      if (kind === 'read_profile' && typeof payload.user_id === 'string') this.#remember(payload.user_id);
  }

  #remember(user_id: string): void {
    if (this.#requestedAt.size >= MAX_REMEMBERED_USERS) this.#requestedAt.clear();
    this.#requestedAt.set(user_id, this.#clock.now());
  }
}
