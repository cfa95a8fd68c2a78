import { addVersions, buildBotProgram, type BotProgram } from '../../flow/index.ts';
import type { Clock } from '../../ports/index.ts';
import type { LoadedBot, Storage } from '../../storage/index.ts';
import type { BotCredentials } from '../../telegram/index.ts';

/** A bot with its secrets and all that it says, as of one revision. */
export interface CachedBot extends LoadedBot {
  /** Older versions of flows are added when somebody turns out to be in one. */
  readonly program: BotProgram;
  /** Versions that were asked for and are gone: not asked for again. */
  readonly missing: ReadonlySet<number>;
  /** Monotonic milliseconds. */
  readonly read_at: number;
}

export interface BotCacheDeps {
  readonly storage: Pick<Storage, 'bots' | 'flows'>;
  readonly clock: Clock;
  readonly maxBots: number;
  /** Age in milliseconds after which `fresh` reads a bot again. */
  readonly ttlMs: number;
}

/** How often a bot is read anew because it changed between two reads. */
const MAX_READ_ATTEMPTS = 5;
const MAX_MISSING_VERSIONS = 100;

/** Bots in memory, least recently read ones dropped. Never the truth: a batch compares the revision it reads with the one here. */
export class BotCache {
  readonly #deps: BotCacheDeps;
  readonly #bots = new Map<string, CachedBot>();
  readonly #pendingReads = new Map<string, Promise<CachedBot | null>>();

  constructor(deps: BotCacheDeps) {
    this.#deps = deps;
  }

  /** What is cached, however old. */
  getCached(bot_id: string): CachedBot | undefined {
    return this.#bots.get(bot_id);
  }

  /** Cached and not older than the TTL; otherwise read now. Null: there is no such bot. */
  getFresh(bot_id: string): CachedBot | Promise<CachedBot | null> {
    const cached = this.#bots.get(bot_id);
    if (cached === undefined || this.#deps.clock.monotonic() - cached.read_at > this.#deps.ttlMs)
      return this.reload(bot_id);
    return cached;
  }

  /** With what an active bot calls Telegram; null: it is gone, or switched off. */
  credentials(bot_id: string): BotCredentials | null | Promise<BotCredentials | null> {
    const cached = this.#bots.get(bot_id);
    return cached === undefined ? this.reload(bot_id).then(credentialsOf) : credentialsOf(cached);
  }

  /** Reads the bot, and its flows if they changed; callers that come while it is read share the answer. */
  reload(bot_id: string): Promise<CachedBot | null> {
    let pendingReads = this.#pendingReads.get(bot_id);
    if (pendingReads === undefined) {
      const isCurrent = (): boolean => this.#pendingReads.get(bot_id) === pendingReads;
      pendingReads = this.#read(bot_id, isCurrent).finally(() => {
        if (isCurrent()) this.#pendingReads.delete(bot_id);
      });
      this.#pendingReads.set(bot_id, pendingReads);
    }
    return pendingReads;
  }

  /** Adds older versions, to which sessions or buttons are pinned. */
  async addVersions(bot_id: string, version_ids: readonly number[]): Promise<void> {
    const found = await this.#deps.storage.flows.versions(bot_id, version_ids);
    const cached = this.#bots.get(bot_id);
    if (cached === undefined) return;
    const program = addVersions(cached.program, found);
    // Buttons can be forged, with any number in them.
    const missing = new Set(cached.missing.size < MAX_MISSING_VERSIONS ? cached.missing : []);
    for (const id of version_ids) if (!program.versions.has(id)) missing.add(id);
    this.#put({ ...cached, program, missing });
  }

  /** It changed: the next look reads it. A read under way may have begun before the change, so nobody may share it any more. */
  invalidate(bot_id: string): void {
    this.#bots.delete(bot_id);
    this.#pendingReads.delete(bot_id);
  }

  /** What was read is kept only if the bot was not forgotten meanwhile: it may be older than the change. */
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
      // A write between the two reads: they would not belong together.
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
