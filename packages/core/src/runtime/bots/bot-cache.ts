import { addVersions, buildBotProgram, type BotProgram } from '../../flow/index.ts';
import type { Clock } from '../../ports/index.ts';
import type { LoadedBot, Storage } from '../../storage/index.ts';
import type { BotCredentials } from '../../telegram/index.ts';

/** A bot with its secrets and flows, as of one revision. */
export interface CachedBot extends LoadedBot {
  /** Older versions of flows are added when a session turns out to need one. */
  readonly program: BotProgram;
  /** Requested versions that do not exist any more. They are not requested again. */
  readonly missing: ReadonlySet<number>;
  /** Monotonic milliseconds. */
  readonly read_at: number;
}

export interface BotCacheDeps {
  readonly storage: Pick<Storage, 'bots' | 'flows'>;
  readonly clock: Clock;
  readonly maxBots: number;
  /** Age in milliseconds after which `getFresh` reloads a bot. */
  readonly ttlMs: number;
}

/** Maximum number of reads of a bot that changes between two reads. */
const MAX_READ_ATTEMPTS = 5;
const MAX_MISSING_VERSIONS = 100;

/**
 * Bots in memory; the bots that were read least recently are dropped. The database is the source of truth: a batch
 * compares the revision that it reads with the one here.
 */
export class BotCache {
  readonly #deps: BotCacheDeps;
  readonly #bots = new Map<string, CachedBot>();
  readonly #pendingReads = new Map<string, Promise<CachedBot | null>>();

  constructor(deps: BotCacheDeps) {
    this.#deps = deps;
  }

  /** Returns the cached bot, however old. */
  getCached(bot_id: string): CachedBot | undefined {
    return this.#bots.get(bot_id);
  }

  /** Returns the cached bot if it is not older than the TTL, otherwise reloads it. Null if the bot does not exist. */
  getFresh(bot_id: string): CachedBot | Promise<CachedBot | null> {
    const cached = this.#bots.get(bot_id);
    if (cached === undefined || this.#deps.clock.monotonic() - cached.read_at > this.#deps.ttlMs)
      return this.reload(bot_id);
    return cached;
  }

  /** Returns the credentials of an active bot; null if it was deleted or deactivated. */
  credentials(bot_id: string): BotCredentials | null | Promise<BotCredentials | null> {
    const cached = this.#bots.get(bot_id);
    return cached === undefined ? this.reload(bot_id).then(credentialsOf) : credentialsOf(cached);
  }

  /** Reloads the bot, and its flows if they changed. Concurrent callers share one read. */
  reload(bot_id: string): Promise<CachedBot | null> {
    let pendingRead = this.#pendingReads.get(bot_id);
    if (pendingRead === undefined) {
      const isCurrent = (): boolean => this.#pendingReads.get(bot_id) === pendingRead;
      pendingRead = this.#read(bot_id, isCurrent).finally(() => {
        if (isCurrent()) this.#pendingReads.delete(bot_id);
      });
      this.#pendingReads.set(bot_id, pendingRead);
    }
    return pendingRead;
  }

  /** Adds older versions of flows, which sessions or buttons refer to. */
  async addVersions(bot_id: string, version_ids: readonly number[]): Promise<void> {
    const found = await this.#deps.storage.flows.versions(bot_id, version_ids);
    const cached = this.#bots.get(bot_id);
    if (cached === undefined) return;
    const program = addVersions(cached.program, found);
    // Buttons can be forged, with any number in them, so the set is bounded.
    const missing = new Set(cached.missing.size < MAX_MISSING_VERSIONS ? cached.missing : []);
    for (const id of version_ids) if (!program.versions.has(id)) missing.add(id);
    this.#put({ ...cached, program, missing });
  }

  /**
   * Removes a bot that was changed from the cache. A read in progress may have started before the change, so no later
   * caller may share it.
   */
  invalidate(bot_id: string): void {
    this.#bots.delete(bot_id);
    this.#pendingReads.delete(bot_id);
  }

  /** Stores the result only if the bot was not invalidated meanwhile: it may be older than the change. */
  async #read(bot_id: string, isCurrent: () => boolean): Promise<CachedBot | null> {
    const store = (bot: CachedBot): CachedBot => (isCurrent() ? this.#put(bot) : bot);
    for (let read = 1; ; read += 1) {
      const read_at = this.#deps.clock.monotonic();
      const loaded = await this.#deps.storage.bots.load(bot_id);
      if (loaded === null) {
        if (isCurrent()) this.#bots.delete(bot_id);
        return null;
      }
      const known = this.#bots.get(bot_id);
      if (known?.revision === loaded.revision) return store({ ...known, ...loaded, read_at });
      const published = await this.#deps.storage.flows.published(bot_id);
      // The bot was changed between the two reads: they do not belong together.
      if (published.revision !== loaded.revision && read < MAX_READ_ATTEMPTS) continue;
      const { id, name, username, settings } = loaded.bot;
      const program = buildBotProgram(
        { id, name, username, time_zone: settings.time_zone, chats: settings.chats },
        published.flows,
        [],
        { error_flow: settings.error_flow },
      );
      return store({ ...loaded, read_at, missing: new Set(), program });
    }
  }

  #put(bot: CachedBot): CachedBot {
    this.#bots.delete(bot.bot.id);
    this.#bots.set(bot.bot.id, bot);
    if (this.#bots.size > this.#deps.maxBots) {
      const oldest = this.#bots.keys().next();
      if (oldest.done !== true) this.#bots.delete(oldest.value);
    }
    return bot;
  }
}

function credentialsOf(bot: CachedBot | null): BotCredentials | null {
  return bot?.bot.is_active === true ? bot.secrets : null;
}
