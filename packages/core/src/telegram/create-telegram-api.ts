import { Pool } from 'undici';
import type { JsonObject, JsonValue } from '../model/index.ts';
import { downloadFile } from './download-file.ts';
import { stringOf } from './fields.ts';
import { multipart } from './multipart.ts';
import { parseApiRoot } from './parse-api-root.ts';
import { parseResponse } from './parse-response.ts';
import { post } from './post.ts';
import type { AttachedFile, BotCredentials, CallOptions, TelegramApi } from './telegram-api.ts';

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

const SEPARATE_POOL_METHODS: ReadonlySet<string> = new Set(['getUpdates', 'answerPreCheckoutQuery']);
/** Parameters that must not stand in an error. */
const SECRET_PARAMETERS = ['secret_token', 'provider_token'] as const;
const KEEP_ALIVE_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const JSON_HEADERS = ['content-type', 'application/json'];
/** Bytes in a millisecond that a line takes at the least. */
const MIN_BYTES_PER_MS = 100;

/**
 * Telegram over HTTP, on undici's connections: a call is one POST, of JSON unless files go with it (https://core.telegram.org/bots/api#making-requests).
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
  // Deadlines are ours (`post`), also for the time a call waits for a connection, which undici's do not cover.
  const poolOptions = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  };
  const callPool = new Pool(origin, { ...poolOptions, connections: options.connections ?? 256 });
  // Long polls, and what must not wait behind calls that nobody answers.
  const separatePool = new Pool(origin, { ...poolOptions, connections: null });

  async function call(
    bot: BotCredentials,
    method: string,
    payload: JsonObject,
    callOptions: CallOptions = {},
  ): Promise<JsonValue> {
    const secrets = [bot.token, ...SECRET_PARAMETERS.map((name) => stringOf(payload[name]))];
    const { files } = callOptions;
    const answer = await post({
      // A connection is busy for as long as a file takes.
      pool: SEPARATE_POOL_METHODS.has(method) || files !== undefined ? separatePool : callPool,
      path: `${prefix}/bot${bot.token}/${environment}${method}`,
      ...(files === undefined ? { headers: JSON_HEADERS, body: JSON.stringify(payload) } : multipart(payload, files)),
      method,
      timeout: (callOptions.timeout ?? timeout) + (files === undefined ? 0 : uploadTimeMs(files)),
      signal: callOptions.signal,
      secrets,
    });
    return parseResponse(answer, method, secrets);
  }

  return {
    call,
    download: (bot, fileId, callOptions = {}) =>
      downloadFile({
        bot,
        fileId,
        callOptions,
        call,
        pool: separatePool,
        prefix,
        timeout,
        maxFileSize: options.maxFileSize ?? 64 * 1024 * 1024,
      }),
    async close() {
      await Promise.all([callPool.destroy(), separatePool.destroy()]);
    },
  };
}

/** Milliseconds that these files may take on their way. */
function uploadTimeMs(files: readonly AttachedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0) / MIN_BYTES_PER_MS;
}
