import { buildBotProgram, type BotProgram, type PublishedFlow } from '../flow/index.ts';
import type { LoadedBot, Storage } from '../storage/index.ts';
import type { Clock } from './clock.ts';

/** A bot with its secrets and all that it says, as of one revision. */
export interface CachedBot extends LoadedBot {
  readonly program: BotProgram;
  /** Versions that were asked for and are gone: not asked for again. */
  readonly missing: ReadonlySet<number>;
  readonly read_at: number;
}

interface Entry {
  cached: CachedBot;
  current: readonly PublishedFlow[];
  older: ReadonlyMap<number, PublishedFlow>;
}

export interface BotCacheDeps {
  readonly storage: Pick<Storage, 'bots' | 'flows'>;
  readonly clock: Clock;
  readonly size: number;
  /** Age in milliseconds after which `fresh` reads a bot again. */
  readonly ttl: number;
}

const MAX_READS = 5;

/** Bots in memory, least recently used ones dropped. Never the truth: a batch compares the revision it reads with the one here. */
export class BotCache {
  readonly #deps: BotCacheDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<CachedBot | null>>();

  constructor(deps: BotCacheDeps) {
    this.#deps = deps;
  }

  /** What is cached, however old. */
  peek(bot_id: string): CachedBot | undefined {
    return this.#entries.get(bot_id)?.cached;
  }

  /** Cached and not older than the TTL; otherwise read now. Null: there is no such bot. */
  fresh(bot_id: string): CachedBot | Promise<CachedBot | null> {
    const entry = this.#entries.get(bot_id);
    if (entry === undefined || this.#deps.clock.monotonic() - entry.cached.read_at > this.#deps.ttl) return this.reload(bot_id);
    return entry.cached;
  }

  /** Reads the bot and its flows; callers that come while it is read share the answer. */
  reload(bot_id: string): Promise<CachedBot | null> {
    let loading = this.#loading.get(bot_id);
    if (loading === undefined) {
      loading = this.#read(bot_id).finally(() => this.#loading.delete(bot_id));
      this.#loading.set(bot_id, loading);
    }
    return loading;
  }

  /** Adds older versions, to which sessions or buttons are pinned. */
  async addVersions(bot_id: string, version_ids: readonly number[]): Promise<void> {
    const found = await this.#deps.storage.flows.versions(bot_id, version_ids);
    const entry = this.#entries.get(bot_id);
    if (entry === undefined) return;
    const older = new Map(entry.older);
    for (const version of found) older.set(version.version_id, version);
    const missing = new Set(entry.cached.missing);
    for (const id of version_ids) if (!older.has(id)) missing.add(id);
    this.#put({ ...entry, older, cached: { ...entry.cached, missing, program: build(entry.cached, entry.current, older) } });
  }

  forget(bot_id: string): void {
    this.#entries.delete(bot_id);
  }

  async #read(bot_id: string): Promise<CachedBot | null> {
    const known = this.#entries.get(bot_id);
    for (let read = 1; ; read += 1) {
      const read_at = this.#deps.clock.monotonic();
      const loaded = await this.#deps.storage.bots.load(bot_id);
      if (loaded === null) {
        this.#entries.delete(bot_id);
        return null;
      }
      if (known?.cached.revision === loaded.revision) return this.#put({ ...known, cached: { ...known.cached, ...loaded, read_at } });
      const published = await this.#deps.storage.flows.published(bot_id);
      // A write between the two reads: they would not belong together.
      if (published.revision !== loaded.revision && read < MAX_READS) continue;
      const older = known?.older ?? new Map<number, PublishedFlow>();
      const cached = { ...loaded, read_at, missing: new Set<number>(), program: build(loaded, published.flows, older) };
      return this.#put({ cached, current: published.flows, older });
    }
  }

  #put(entry: Entry): CachedBot {
    this.#entries.delete(entry.cached.bot.id);
    this.#entries.set(entry.cached.bot.id, entry);
    if (this.#entries.size > this.#deps.size) {
      const oldest = this.#entries.keys().next();
      if (oldest.done !== true) this.#entries.delete(oldest.value);
    }
    return entry.cached;
  }
}

function build(loaded: LoadedBot, current: readonly PublishedFlow[], older: ReadonlyMap<number, PublishedFlow>): BotProgram {
  const { id, name, username } = loaded.bot;
  const inForce = new Set(current.map((flow) => flow.version_id));
  return buildBotProgram({ id, name, username }, current, [...older.values()].filter((flow) => !inForce.has(flow.version_id)));
}
