import type { JsonObject, JsonValue } from '../model/index.ts';

/** A bot's way to Telegram. The token must not leave the process but to Telegram. */
export interface BotCredentials {
  readonly id: string;
  readonly token: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the call counts as unanswered. Default 20,000; files are given their time besides. */
  readonly timeout?: number;
  /** Files that go with the call, which then is made as multipart/form-data. */
  readonly files?: readonly AttachedFile[] | undefined;
}

/** A file that goes with a call: a parameter names it as `attach://{name}`. */
export interface AttachedFile {
  readonly name: string;
  /** As Telegram shows it. */
  readonly file_name: string;
  readonly content_type: string;
  /** Bytes: exactly as many as `content` gives. */
  readonly size: number;
  /** Read once. What it throws breaks the call off. */
  readonly content: AsyncIterable<Uint8Array>;
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
