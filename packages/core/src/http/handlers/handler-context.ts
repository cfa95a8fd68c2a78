import type { AppContext } from '../../app/index.ts';

/** What the handlers work with: the use cases' context, and what only HTTP needs. */
export interface HandlerContext extends AppContext {
  /** Resolves when the database answers and is migrated; asked at most once a second, whoever asks. */
  checkReady(): Promise<void>;
}
