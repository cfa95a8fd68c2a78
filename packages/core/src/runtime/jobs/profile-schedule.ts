import { DAY_MS, HOUR_MS } from '../../model/index.ts';
import type { Clock } from '../../ports/index.ts';
import type { BatchUser, NewJob } from '../../storage/index.ts';

const READ_INTERVAL_MS = DAY_MS;
/** How long a job may take before it is asked for again. */
const REQUEST_TTL_MS = HOUR_MS;
const MAX_REMEMBERED_USERS = 50_000;

/** When a person's bio and photo are read: at first contact, then at most daily. Remembers whom it has just asked about. */
export class ProfileSchedule {
  readonly #clock: Clock;
  readonly #requestedAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Changes nothing: a batch may be decided more than once before it is committed. */
  isDue(user: BatchUser): boolean {
    const now = this.#clock.now();
    if (user.profile_read_at !== null && now - user.profile_read_at < READ_INTERVAL_MS) return false;
    const requestedAt = this.#requestedAt.get(user.id);
    return requestedAt === undefined || now - requestedAt >= REQUEST_TTL_MS;
  }

  /** These jobs are stored: some may be those that ask. */
  onJobsStored(jobs: readonly NewJob[]): void {
    for (const { kind, payload } of jobs)
      if (kind === 'read_profile' && typeof payload.user_id === 'string') this.#remember(payload.user_id);
  }

  #remember(user_id: string): void {
    if (this.#requestedAt.size >= MAX_REMEMBERED_USERS) this.#requestedAt.clear();
    this.#requestedAt.set(user_id, this.#clock.now());
  }
}
