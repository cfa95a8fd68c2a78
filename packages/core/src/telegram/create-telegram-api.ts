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
  /** Address of the Bot API server, which may have a path. Default `https://api.telegram.org`. */
  readonly apiRoot?: string | undefined;
  /** Telegram's test environment (`/bot<token>/test/<method>`). Default false. */
  readonly testEnvironment?: boolean | undefined;
  /** Timeout of a call in milliseconds. Default 20,000. */
  readonly timeout?: number | undefined;
  /** Maximum number of connections for calls; long polls and downloads have separate ones. Default 256. */
  readonly connections?: number | undefined;
  /** Maximum size of a downloaded file in bytes. Default 64 MiB (Telegram itself allows bots 20 MB). */
  readonly maxFileSize?: number | undefined;
}

const SEPARATE_POOL_METHODS: ReadonlySet<string> = new Set(['getUpdates', 'answerPreCheckoutQuery']);
/** Parameters that must not appear in an error. */
const SECRET_PARAMETERS = ['secret_token', 'provider_token'] as const;
const KEEP_ALIVE_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const JSON_HEADERS = ['content-type', 'application/json'];
/** Lowest transfer rate of a connection that an upload is given time for. */
const MIN_BYTES_PER_MS = 100;

/**
 * Creates a client for the Bot API over HTTP. A call is one POST with JSON, or multipart/form-data if it has files
 * (https://core.telegram.org/bots/api#making-requests).
 *
 * @throws OPTIONS_INVALID - when `apiRoot` is not a valid HTTP address
 * @example
 * const telegram = createTelegramApi();
 * const me = await telegram.call({ id: 'shop', token }, 'getMe', {});
 */
export function createTelegramApi(options: TelegramApiOptions = {}): TelegramApi {
  const { origin, prefix } = parseApiRoot(options.apiRoot ?? 'https://api.telegram.org');
  const environment = options.testEnvironment === true ? 'test/' : '';
  const timeout = options.timeout ?? 20_000;
  // The deadlines are in `post`. They include the time that a call waits for a connection, unlike the timeouts of
  // undici.
  const poolOptions = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  };
  const callPool = new Pool(origin, { ...poolOptions, connections: options.connections ?? 256 });
  // For long polls, and for calls that must not wait behind unanswered ones.
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
      // A file keeps a connection busy for as long as its upload takes.
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

/** Returns the time that the upload of these files may take, in milliseconds. */
function uploadTimeMs(files: readonly AttachedFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0) / MIN_BYTES_PER_MS;
}
