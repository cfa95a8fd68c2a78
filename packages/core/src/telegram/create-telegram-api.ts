import { Api } from 'grammy';
import { Pool } from 'undici';
import type { JsonObject, JsonValue } from '../model/index.ts';
import { downloadFile } from './download-file.ts';
import { createBoundedMap } from './bounded-map.ts';
import { parseApiRoot } from './parse-api-root.ts';
import { postJson } from './post-json.ts';
import { readAnswer } from './read-answer.ts';
import type { BotCredentials, CallOptions, TelegramApi } from './telegram-api.ts';

export interface TelegramApiOptions {
  /** The Bot API server. Default `https://api.telegram.org`; a path in it is kept. */
  readonly apiRoot?: string | undefined;
  /** Telegram's test environment (`/bot<token>/test/<method>`). Default false. */
  readonly testEnvironment?: boolean | undefined;
  /** Milliseconds until a call counts as unanswered. Default 20,000. */
  readonly timeout?: number | undefined;
  /** Connections at most for calls; long polls and downloads have their own. Default 256. */
  readonly connections?: number | undefined;
  /** Bytes a downloaded file may have. Default 64 MiB (Telegram itself gives bots 20 MB). */
  readonly maxFileSize?: number | undefined;
}

const API_CACHE_SIZE = 1000;
const KEEP_ALIVE = 30_000;
const CONNECT_TIMEOUT = 10_000;

/**
 * Telegram over HTTP: grammY's `Api` (one a bot, kept while it is used) on undici's connections.
 *
 * grammY's own HTTP client is not used: its transformer hook hands every call to `postJson`. Measured against a local
 * server: 27 µs of CPU a call, where its client on an undici `fetch` costs 40 µs and on its default node-fetch 165 µs.
 *
 * @throws OPTIONS_INVALID for an `apiRoot` that is no HTTP address.
 * @example
 * const telegram = createTelegramApi();
 * const me = await telegram.call({ id: 'shop', token }, 'getMe', {});
 */
export function createTelegramApi(options: TelegramApiOptions = {}): TelegramApi {
  const { origin, prefix } = parseApiRoot(options.apiRoot ?? 'https://api.telegram.org');
  const environment = options.testEnvironment === true ? 'test/' : '';
  const timeout = options.timeout ?? 20_000;
  // Deadlines are ours (`postJson`), also for the time a call waits for a connection, which undici's do not cover.
  const pooling = { keepAliveTimeout: KEEP_ALIVE, headersTimeout: 0, bodyTimeout: 0, allowH2: false, connect: { timeout: CONNECT_TIMEOUT } };
  const calls = new Pool(origin, { ...pooling, connections: options.connections ?? 256 });
  const slow = new Pool(origin, { ...pooling, connections: null });
  const apis = createBoundedMap<{ readonly token: string; readonly api: Api }>(API_CACHE_SIZE);

  function apiOf(bot: BotCredentials): Api {
    const known = apis.get(bot.id);
    if (known?.token === bot.token) return known.api;
    const api = createApi(bot.token);
    apis.set(bot.id, { token: bot.token, api });
    return api;
  }

  function createApi(token: string): Api {
    const api = new Api(token, { apiRoot: origin });
    api.config.use(async (_next, method, payload, signal) => {
      const answer = await postJson({
        pool: method === 'getUpdates' ? slow : calls,
        path: `${prefix}/bot${token}/${environment}${method}`,
        body: JSON.stringify(payload),
        method,
        timeout: signal === undefined ? timeout : null,
        // grammY declares the AbortSignal of a polyfill; on Node it is the global one.
        signal: signal as AbortSignal | undefined,
        secrets: [token, secretOf(payload)],
      });
      // Telegram's word is taken for the type of the result; callers check what they use.
      return { ok: true, result: readAnswer(answer, method, [token, secretOf(payload)]) as never };
    });
    return api;
  }

  async function call(bot: BotCredentials, method: string, payload: JsonObject, callOptions: CallOptions = {}): Promise<JsonValue> {
    // grammY types the methods it knows; Botloom passes those of any Bot API version.
    const invoke = (apiOf(bot).raw as unknown as Record<string, RawMethod>)[method];
    if (invoke === undefined) throw new TypeError(`grammY gives no method ${method}`);
    const signal = deadline(callOptions, timeout);
    // grammY binds the payload of methods without parameters (getMe, logOut …): these take the signal first.
    return invoke.length === 1 ? invoke(signal) : invoke(payload, signal);
  }

  return {
    call,
    download: (bot, fileId, callOptions = {}) =>
      downloadFile({ bot, fileId, callOptions, call, pool: slow, prefix, timeout, maxFileSize: options.maxFileSize ?? 64 * 1024 * 1024 }),
    forget: (botId) => apis.delete(botId),
    async close() {
      await Promise.all([calls.destroy(), slow.destroy()]);
    },
  };
}

type RawMethod = (...args: readonly (JsonObject | AbortSignal | undefined)[]) => Promise<JsonValue>;

/** A signal, which then is the deadline too, only where a call asks for one: signals cost several µs a call. */
function deadline({ signal, timeout }: CallOptions, usual: number): AbortSignal | undefined {
  if (signal === undefined && (timeout === undefined || timeout === usual)) return undefined;
  const timer = AbortSignal.timeout(timeout ?? usual);
  return signal === undefined ? timer : AbortSignal.any([signal, timer]);
}

function secretOf(payload: object): string | null {
  return 'secret_token' in payload && typeof payload.secret_token === 'string' ? payload.secret_token : null;
}
