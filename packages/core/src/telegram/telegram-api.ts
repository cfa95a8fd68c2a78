import type { JsonObject, JsonValue } from '../model/index.ts';

/** A bot's way to Telegram. The token must not leave the process but to Telegram. */
export interface BotCredentials {
  readonly id: string;
  readonly token: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the call counts as unanswered. Default 20,000. */
  readonly timeout?: number;
}

export interface TelegramFile {
  /** Bytes as they come; the reader must consume or cancel it. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number | null;
  /** The last part of Telegram's file path: `file_3.jpg`. */
  readonly name: string;
}

/**
 * Telegram behind one small interface. Rejects with `TelegramApiError` (Telegram answered no) or
 * `TelegramNetworkError` (no answer), never with an error of the library below, which would carry the token.
 */
export interface TelegramApi {
  call(bot: BotCredentials, method: string, payload: JsonObject, options?: CallOptions): Promise<JsonValue>;
  /** getFile and the download, streamed. Raises TELEGRAM_FAILED for a file that is too large or that only a `--local` server's disk has. */
  download(bot: BotCredentials, fileId: string, options?: CallOptions): Promise<TelegramFile>;
  close(): Promise<void>;
}
