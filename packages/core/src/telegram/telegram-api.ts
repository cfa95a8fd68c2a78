import type { JsonObject, JsonValue } from '../model/index.ts';

/** Credentials of a bot. The token must not be sent to any server except Telegram. */
export interface BotCredentials {
  readonly id: string;
  readonly token: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Timeout of the call in milliseconds. Default 20,000, plus the time to upload files. */
  readonly timeout?: number;
  /** Files to upload with the call, which is then sent as multipart/form-data. */
  readonly files?: readonly AttachedFile[] | undefined;
}

/** A file to upload with a call. A parameter refers to it by `attach://{name}`. */
export interface AttachedFile {
  readonly name: string;
  /** File name that Telegram shows. */
  readonly file_name: string;
  readonly content_type: string;
  /** Size in bytes, which must be the exact size of `content`. */
  readonly size: number;
  /** Read once. An error that it throws cancels the call. */
  readonly content: AsyncIterable<Uint8Array>;
}

export interface TelegramFile {
  /** The bytes as they arrive. The reader must consume or cancel the stream. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number | null;
  /** Last segment of the file path: `file_3.jpg`. */
  readonly name: string;
}

/**
 * Client of the Bot API. It rejects with `TelegramApiError` (Telegram rejected the call) or `TelegramNetworkError` (no
 * response), never with an error of the HTTP library, which would contain the token.
 */
export interface TelegramApi {
  call(bot: BotCredentials, method: string, payload: JsonObject, options?: CallOptions): Promise<JsonValue>;
  /**
   * Calls getFile and downloads the file as a stream.
   *
   * @throws TELEGRAM_FAILED - when the file is too large, or is on the disk of a `--local` server
   */
  download(bot: BotCredentials, fileId: string, options?: CallOptions): Promise<TelegramFile>;
  close(): Promise<void>;
}
